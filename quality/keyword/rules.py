r"""The rules as data: which words count for what, and how much.

A text of patterns lists regular expressions, with ` | ` or a new line between two of them. All are
matched whatever their case. Nothing here decides anything (decisions.py).
"""

import re
from collections.abc import Mapping
from typing import Final

_BETWEEN: Final = re.compile(r" \| |\n\s*")


def anywhere(*texts: str) -> str:
    """Return one pattern for texts of them."""
    return "|".join(pattern for text in texts for pattern in _BETWEEN.split(text.strip()))


def words(*texts: str) -> str:
    """Return one pattern for texts of them, of which each starts at a word."""
    return rf"(?<!\w)(?:{anywhere(*texts)})"


# Who is who.
HOME_DOMAIN: Final = "kestrelmoor.example"
HOME_NAME: Final = "kestrelmoor"
DESK_LEAD: Final = "desk-lead@kestrelmoor.example"
# The team of mail in which no keyword stands, and what that is worth.
OUTSIDE_TEAM: Final = "customer_care"
INSIDE_TEAM: Final = "people"
TIE_SCORE: Final = 0.1

# The team is the one with the most points: those of its keywords, times a factor for the place.
REQUEST_FACTOR: Final = 2.0
SUBJECT_FACTOR: Final = 1.5
THREAD_FACTOR: Final = 0.25
# A shorter mail is nothing without its thread.
THIN_MAIL_WORDS: Final = 12
DANGER_BONUS: Final = 50.0
TEAM_KEYWORDS: Final[Mapping[str, Mapping[float, str]]] = {
    "billing": {
        3: words(r"""
            invoic | credit note | statement of account | account statement | refund
            overpa(id|y) | (charged|billed|paid|invoiced) (us )?twice
            duplicate (charge|payment) | iban\b | remittance | direct debit
            bank (details|account) | payment run | gift card
        """),
        2: words(r"""
            payment | paid\b | pay\b | vat\b | balance | overdue | surcharge | po[ -]?\d{5}
            statement | bill(ed|ing|s)?\b | credit(ed)?\b | account number | sort code
            outstanding
        """),
        1: words(r"charg | amount | fees?\b | bank\b(?! holiday)"),
    },
    "dispatch": {
        3: words(r"""
            drivers?\b | trailer | trucks?\b | lorr(y|ies) | vans?\b | reefer | pick-?up
            en route | (collection|delivery) slot | broken? down | breakdown | eta\b | vehicle
            haul | fleet | motorway | roadside | tractor unit | telematics
        """),
        2: words(r"""
            collect(ion|ed)?\b | deliver | slot | book(ing)?\b | loads?\b | transport | traffic
            delay | late\b | stranded | tyre | consignment | ferry | reschedul | unload
            route\b | tail.?lift
        """),
        1: words(r"pallet | arriv | depot | junction | lay-?by | shipment | fuel"),
    },
    "customer_care": {
        3: words(r"""
            complain | claim | damaged | missing (goods|cases|boxes|pallets?|cartons) | crushed
            short[- ]deliver | spoil | thawed | quot(e|ation)\b | disappoint | dissatisf
            compensat
        """),
        2: words(r"""
            service | unhappy | enquir | inquir | rates?\b | poor | wrong (goods|product)
            shortage | missing | defrosted | unacceptable | price (for|list|per) | rude | torn
            feedback
        """),
        1: words(r"""
            customer | goods | pallet | cases | opening hours | boxes | cartons | consumer
        """),
    },
    "cold_store": {
        3: words(r"""
            chamber | cold[- ]?stor | freezer | compressor | evaporator | refrigerat | condenser
            dock | stock[- ]?(count|tak) | defrost (cycle|heater) | racking | warehouse
            plant room
        """),
        2: words(r"""
            temperature | doors?\b | stock | inventory | degrees | storage | thermomet | probe
            sensor | coolant | leveller | cycle count | strip curtain | chiller | setpoint
            shutter | blast
        """),
        1: words(r"alarm | pallet | bay\b | aisle | lights?\b | forklift | batch | celsius"),
    },
    "safety": {
        4: words(r"""
            injur | hurt\b | near[- ]miss | spill | ammonia | first aid | ambulance | unsafe
            listeria | salmonella | recall(s|ed|ing)?\b | evacuat | bleeding | electric shock
            accident
        """),
        2: words(r"""
            fire\b | smoke | burn(t|ed|s)\b | hospital | slipp(ed|ery) | fell\b | trip hazard
            ppe\b | contaminat | extinguisher | sprinkler | hazard | risk assessment | trapped
            collapsed | frayed | brakes?\b | guard\b | harness | fumes | safety | allergen
        """),
    },
    "security": {
        4: words(r"""
            password | sign-?ins?\b | sign(ing)? in\b | log-?ins?\b | log(ging)? in\b | phish
            badge | cctv | camera | access card | key ?fob | (data|security) (leak|breach)
            hacked | one-time code | mailbox (is )?full
        """),
        2: words(r"""
            laptop | stolen | usb\b | intruder | wrong recipient | two-factor | mfa\b
            locked out | cyber | credential | verif(y|ication) | tailgat
            lost (my )?(phone|tablet|device) | malware | ransom | virus
            account (is )?(locked|suspended) | access rights | handheld
        """),
    },
    "legal": {
        4: words(r"""
            solicitor | lawyer | attorney | court | tribunal | summons | gdpr | subject access
            subpoena | data[- ]protection | letter before action | law firm | erasure
            personal data | legal
        """),
        2: words(r"""
            contract(s|ual)?\b | clause | nda\b | authorit(y|ies) | inspect(or|ion) | regulator
            hearing | police | agreement | liabilit | terms\b | ombudsman | tax office
            statutory | warrant\b | ministry | council | permit
        """),
    },
    "people": {
        3: words(r"""
            payroll | salar | wages?\b | payslip | (annual|parental|sick|unpaid|maternity) leave
            vacanc | applicant | applying | application | cv\b | résumé | interview | candidate
            overtime | pension | new starter | resign | hr\b | v[ -]?\d{3}\b
            driving licen[cs]e | sick note | recruit
        """),
        2: words(r"""
            leave\b | (?<!bank )holiday | off sick | training | course | certificate
            licen[cs]e | onboard | rota\b | shifts?\b | hir(e|ing)\b | probation | apprentice
            trainee | notice period | employ | cpc\b
        """),
    },
}
# A notice of the desk lead hands over work (Rule 12).
HANDING_OVER: Final = r"\b(rout|goes?|send|hand|cover|tak(es?|ing)|pass|direct|instead|look|deal)"
TAKING_OVER: Final = r"(tak|cover|handl|look|deal|step|act|pick|do)"

# A mail that gets as many points as the limit is spam.
SPAM_LIMIT: Final = 3.0
SCAM_SCORE: Final = 2.0
STAFF_SCORE: Final = 2.4
SELLING_SCORE: Final = 1.5
ODD_ADDRESS_SCORE: Final = 1.0
FREE_MAIL_SCORE: Final = 0.7
LOOKALIKE_RATIO: Final = 0.8
LOOKALIKE_LENGTH: Final = 6
# Digits that pass for letters in an address.
DISGUISES: Final = str.maketrans("01345", "oleas")
HOME_SIGNATURE: Final = (
    r"^(?!.*\b(to|from|for|at|with|via|your|you|dear|hello|hi)\b).{0,40}\bkestrelmoor\b"
    r"( chilled)?( logistics)?( (it|hr|payroll|finance|accounts)\b.{0,15})?\.?$"
)
NEW_BANK: Final = (
    r"((\bnew|chang\w+|updat\w+|different|amend\w*|switch\w*|revised)[^.]{0,50}"
    r"(\bbank\b(?! holiday)|iban|sort code|account (number|details)|payment details|banking|"
    r"salary account)"
    r"|(bank|iban|account (number|details)|payment details)[^.]{0,40}"
    r"((has|have|is|are|being) (been )?(chang|updat|replac|moved)|new )"
    r"|(pay|transfer|remit|send|direct)[^.]{0,60}(to|into) (the|our|my|this|a) "
    r"(new|following|other|different|below)[^.]{0,20}(account|iban|bank))"
)
NO_NEW_BANK: Final = anywhere(r"""
    (not|never|nothing|un)[ -]?(been |be )?chang | no change | suspicious | phishing | scam | fraud
    is this (genuine|real) | (got|received|had) (a|an|this) (e-?mail|mail|message|call|request)
    (asks|asked|asking|wants) us | your (new )?bank
""")
BILL: Final = words(r"""
    our invoice | (attached|enclosed)[^.]{0,25}invoice
    invoice[^.]{0,40}(attached|enclosed|due|unpaid|overdue) | remit\b | amount (due|payable)
    please (pay|settle|transfer) | payment (is |was |of |reminder)?[^.]{0,15}(due|overdue)
    (overdue|outstanding) (amount|balance|invoice|payment|account|sum)
    final (notice|demand|reminder) | balance of | (renewal|listing|registration) fee
    due on receipt | has not (yet )?been paid
""")
NOT_A_BILL: Final = words(r"""
    your invoice | you (invoiced|billed|charged|sent) | invoice (from you|you sent|of yours)
    credit note | refund | dispute | charge[sd] (us )?twice
    (we|i) (have |will |shall )?(paid|pay) | (our|my) payment | copy of | remittance advice
    query | complain | claim | your statement | quot(e|ation) | does not match
    should (be|have been)
""")
PURCHASE_ORDER: Final = r"\bPO[ :#-]{0,2}\d{5}\b"
APPLICATION: Final = words(r"""
    (i am|i'm|i would like to|i want to|wish to) (apply|applying)
    my (cv|application|résumé|resume) | apply for
    (interested in|application for) (the|a|your) [a-z /-]{0,30}(position|job|role|vacancy|post)
""")
VACANCY: Final = r"\bV[ -]?\d{3}\b"
WAGES: Final = r"\b(salary|wages?|payroll)\b"
SELLING: Final = words(r"""
    special offer | limited[- ](time|offer) | free (trial|demo|consultation|sample|audit)
    book a | demo\b | demonstration | seo\b | \d+ ?(%|percent) | discount
    leading (provider|supplier|manufacturer) | (quick|short|brief|\d+[- ]minute) (call|chat)
    our (new )?(solution|platform|product|software|range|experts)
    we (offer|provide|supply|specialis|help ) | act now | came across (your|kestrel)
    introduce (our|my|you) | (would|are) you (be )?interested | unsubscribe | boost
    no obligation | (increase|cut|reduce|lower|improve) your | save (up to|you|money)
    reach(ing)? out | best price | catalogue | brochure | webinar | pre-?screened | exclusive
    (companies|businesses|firms) like yours | introductory | your competitors | sign up
    happy to (show|demonstrate|arrange) | first month | mailing list
""")
ASKED_FOR: Final = words(r"""
    as (you )?(requested|asked) | you (asked|requested)
    (following|after|in reply to) your (enquiry|request|call) | quote (us|for)
    your (rates|prices|quotation) | send us (a|your) (quote|offer|rates)
""")
SIGN_IN: Final = anywhere(
    r"password | sign-?in | credential | log-?in | mailbox | (one-time|security) code"
)
PHISHING: Final = words(
    r"(verify|confirm|validate|re-?enter|reactivate|restore|reply with|update|keep)"
    rf"[^.]{{0,30}}your[^.]{{0,30}}({SIGN_IN})",
    r"""
    (verify|confirm|validate) your (account|identity)
    (password|mailbox)[^.]{0,40}(expire|suspend|deactivat|quota)
    (sign|log) in (here|below|at|with|via|through)
    (send|tell|give|reply)[^.]{0,25}(password|one-time code)
    """,
)
SCAM: Final = words(r"""
    gift (card|voucher) | bitcoin | crypto | lottery | inheritance | prize | western union
    wire transfer | beneficiary | release fee
    (between us|confidential)[^.]{0,30}(payment|transfer|card) | are you at your desk
    you have (won|been selected) | million (dollars|euros|pounds|usd)
""")
STAFF_CLAIM: Final = words(r"""
    (my|new) (private|personal|home) (address|e-?mail|mail|account)
    my (payslip|salary|shift|rota|line manager)
    (our|the) (managing director|it (department|desk|help ?desk|support|service|team))
    your (ceo|director|colleague)
""")
FREE_MAIL: Final = anywhere(r"""
    gmail | outlook | hotmail | yahoo | proton | posteo | free-?mail | webmail | mailbox | inbox
    postbox
""")
ODD_ADDRESS: Final = anywhere(r"""
    [a-z][013][a-z] | -(accounts?|billing|payments?|secure|verify|help ?desk|support)\b
""")

# Hazard and deadline make a mail urgent; work to do and what closes a matter are weighed.
URGENT_LIMIT: Final = 2.0
DEADLINE_SCORE: Final = 2.0
HAZARD_SCORE: Final = 2.5
REQUEST_SCORE: Final = 2.0
WORK_SCORE: Final = 1.0
OUTSIDE_SCORE: Final = 0.5
STRONG_CLOSING: Final = 3.0
WEAK_CLOSING: Final = 1.0
REPEAT_CLOSING: Final = 4.0
RESOLVED_CLOSING: Final = 1.5
NO_DANGER: Final = words(r"""
    (nobody|no one|no-one|none|not)( was| were| is| got| has been)? (hurt|injured)
    no injur(y|ies) | without injury | fire (drill|door|warden) | smoke (detector|break)
""")
DANGER: Final = words(r"""
    injur(ed|y|ies) | (is|was|got|been|are|were|and) hurt | bleeding | unconscious | ambulance
    trapped | spill(ed|t|s|age)?\b | ammonia (leak|smell|alarm) | smell of (gas|ammonia|burning)
    (gas|ammonia)[^.]{0,25}leak | smoke | sparks | fumes | on fire | caught fire
    electric shock | exposed (wire|cable) | brakes? (fail|do not|don't|not work) | unsafe
    listeria
    (someone|somebody|people|anyone) (could|may|might|will) (be |get )?(hurt|fall|slip|trip|hit)
    salmonella | (nearly|almost) (hit|fell|struck|crushed|ran) | slipped | collapsed
    food recall | recall of | near[- ]miss
""")
BACKGROUND: Final = words(r"""
    sick (note|leave) | doctor's note | solicitor | tribunal | training | course\b | drill
    exercise | statistics | newsletter | poster | last (month|year|quarter) | insurance
    in case of | refresher
""")
HAZARD: Final = words(r"""
    broken? down | breakdown | stranded | (is|are|was) stuck | stuck (at|on|in|behind)
    leak(ing|s)?\b | locked out | ransom
    (temperature|chamber|product|degrees|°)[^.]{0,40}(rising|climbing|warming)
    (climb|ris|warm|thaw)ing (since|fast|and)
    (now|only|already|currently) (at )?(minus |[-−+])\d | above (the )?(limit|setpoint|minus)
    out of range | too warm | (and|is|are|was) (rising|climbing|warming|thawing)
    alarm (is|has|went|keeps|sound) | (door|temperature) alarm
    power (cut|failure|is (off|out)) | (has|have|is|been|was) stolen | hacked
    data (leak|breach) | injunction | forfeit
    (lost|mislaid|left) (my|his|her|the|a) [a-z ]{0,15}(laptop|phone|badge|tablet|keys?|card|fob)
    (entered|typed|gave|shared|sent)[^.]{0,30}(password|sign-in|one-time code)
    (typed|entered) it | personal data of | quarantine
    (will|would|won't|may|might|could)[^.]{0,25}(spoil|be lost|perish|thaw|be wasted|lapse)
    otherwise | penalty
    (line|work|production|picking|loading)[^.]{0,25}(stops?\b|stopped|stand) | at a standstill
    a fine of | be fined | (cannot|can't|unable to) (work|load|unload|start|ship|run|close|open)
    (will not|won't) (close|start|cool) | (failed|tripped|jammed|gone down)\b
    not (cooling|arrived|turned up|shown up) | stopped (cooling|working)
    (waiting|standing|queu\w+) (at|outside) (the |your |our )?(gate|dock|door|bay|yard|depot)
    (wrong|other) (person|recipient|customer)[^.]{0,30}(data|list|file)
""")
_DONE: Final = (
    r"(resolved|fixed|repaired|sorted|solved|replaced|found|closed|settled|blocked|cancelled|"
    r"cleaned|withdrawn|turned up|collected|paid)"
)
NOT_DONE: Final = rf"\b(not|never|n't|to be|be|until|unless|get)\b[^.]{{0,15}}{_DONE}"
RESOLVED: Final = words(
    rf"(is|are|was|were|been|got|now|already)( now| all| already| fully)? {_DONE}\b",
    rf"{_DONE} (now|again|since|already)",
    r"""
    back (to normal|in range|in service|running|online) | all clear | false alarm
    under control | made safe | (running|working|closing|cooling) again | found (it|my)
    no longer | arrived safely | turned up
    """,
)
STRONG_ARCHIVE: Final = words(r"""
    no (further )?(action|reply|response|work)( is| are)? (needed|required|necessary|from you)
    no further action
    nothing (more |else |further )?(is |to do|needed|required|for you|left|you need)
    no need (to|for) | needs? nothing | please (disregard|ignore) | can be closed
    close (the|this) (case|ticket) | out of (the )?office | auto(matic)?-?\s?reply
""")
WEAK_ARCHIVE: Final = words(r"""
    thank(s| you) (for|to|again|very|so) | fyi\b | for (your|the) (information|records?|files?)
    well received | just to (let you know|confirm|say) | we confirm | confirming
    (have|has been|was) received | newsletter | minutes of | congratulations | great (job|work)
    well done | all (good|went well|fine) | happy with | went smoothly | welcome | acknowledge
""")
REPEATED: Final = words(r"""
    already (been )?(reported|raised|logged) | as (already )?reported | adding my voice
    others have (told|reported|said) | same (problem|fault|issue|thing) (as|that)
    (you|someone) (probably|may|will) (have )?(already )?(heard|know)
""")
COURTESY: Final = words(
    r"please (find|note|see|be aware|be advised|do not hesitate|don't hesitate|accept|disregard|"
    r"ignore)",
    r"""
    (let (me|us) know|contact|call|ask)[^.]{0,15} if (you|there|anything)[^.]*
    if you have (any )?questions[^.]* | feel free[^.]* | how are you[^.?]*\?
    """,
)
REQUEST: Final = words(r"""
    please | kindly | (could|can|would|will) (you|someone|somebody) | (can|could|may) (we|i)
    are you able | must\b | (we|i) (need|request|ask|require|want|would like|'d like) | i'd like
    needs? (to|a|an|you|someone)\b | by when | let (me|us) know | awaiting your
    look forward to your (reply|answer|quot) | waiting for your | ha(s|ve) to be
    when (can|will|do)\b | (where|what|how|who|which) (is|are|do|can|much) | is required
    due (on|by|in|date)
""")
WORK: Final = words(r"""
    invoice | expires?\b | missing | wrong | broken | not working | damaged | fault | fails?\b
    does not | doesn't | won't | complain | claim | appl(y|ying|ication) | incorrect | request
    overdue | mistake | error | crack | worn | quotation | deadline | remind | disput
    not (yet )?(been |received) | still (no|not|open) | resign
""")
DEADLINE: Final = words(r"""
    by\b | before | until | deadline | due\b | expires? | latest | must\b | ends?\b | closes?\b
    needs?\b | cut-?off | lapses? | within
""")

# What of a mail is read, and what is left out.
GREETING: Final = r"^(hi|hello|dear|good (morning|afternoon|day)|morning)\b[^,!:.]{0,35}[,!:]\s*"
SIGN_OFF: Final = (
    r"^((kind|best|many|warm|with)\s)*(regards|thanks|cheers|sincerely|yours|thank you|"
    r"best|wishes)\b.{0,12}$"
)
QUOTED_MAIL: Final = r"(?mi)^-+ ?original message|^on .{5,80} wrote:|^_{8,}"
INJECTION: Final = words(
    r"(label|classify|mark|categori[sz]e|tag|flag|triage|treat|file|route|forward|summari[sz]e)\b"
    r"[^.]{0,40}\b(this|it|mail|message|e-?mail)\b[^.]{0,40}\b(urgent|normal|"
    r"archived?|spam|billing|dispatch|customer.care|cold.store|safety|security|legal|people)\b",
    r"""
    ignore[^.]{0,30}(instruction|rules|prompt) | (label|route(_to)?|summary|system) ?[:=]
    (ai|assistant|classifier|language model|inbox (reader|robot|tool))\b
    (your|the) summary (must|should)
    """,
)
VOID: Final = words(
    r"(?:instead of|rather than|and not|not on|originally|previously|moved from|(was|were) due|"
    r"changed from|in place of)\b[^,.;]*?(?=\s+to\b|[,.;]|$)"
)
PAST_TODAY: Final = words(
    r"(received|arrived|got|came|saw|noticed|found|spoke|delivered|sent|opened|called)"
    r"[^,.]{0,40}(today|this morning)",
    r"(today|this morning)[^,.]{0,20}(received|arrived|got|came|saw|noticed|found)",
)

# How a summary is written.
SUMMARY_WORDS: Final = 29
SECOND_WORDS: Final = 11
ACTOR_WORDS: Final = 9
FIGURES_SHOWN: Final = 2
MONEY: Final = r"(?:[£€$] ?\d[\d,.]*\d|\b\d[\d,.]*\d? ?(?:eur|gbp|usd|euros?|pounds)\b)"
SECRETS: Final = anywhere(r"""
    (?<=password )[^.]{0,40}?\b(?:is|was) \S*\d\S* | \b(?:\d[ -]?){12,18}\d\b
    \b(?<=password )(?:(?:is|was|:)\s*)?[\"']?\S*\d\S*
    (?<=password is )\S+ | (?<=password was )\S+ | (?<=password: )\S+ | (?<=code: )[\d-]{3,9}
    \b(?<=code )(?:is |was |: ?)?[\d-]{3,9}\b | (?<=pin )(?:is )?\d{3,8}
""")
LINK: Final = r"\S+@\S+|https?://\S+"
OPENING: Final = (
    r"^(please (find|see|note)( that)?( attached)?|just to (let you know|confirm)( that)?)\s*"
)
DANGLING: Final = (
    r"^(and|or|the|a|an|of|to|in|on|at|for|with|by|is|that|from|they|their|as|if|because|"
    r"will|be|are)$"
)
POLITE: Final = r"\b(?:please|kindly|(?:could|can|would|will) you(?: please)?)\s+(?!be )(\w.*)"
# What a colleague puts for the sender's own words.
PERSONS: Final = (
    (r"\b(i am|i'm|we're)\b", "they are"),
    (r"\bi was\b", "they were"),
    (r"\b(i|we)\b", "they"),
    (r"\b(my|our)\b", "their"),
    (r"\b(me|us)\b", "them"),
)
ADDRESSED_INSIDE: Final = ((r"\byour\b", "our"), (r"\byou\b", "us"))
ADDRESSED_OUTSIDE: Final = ((r"\byour\b", "Kestrelmoor's"), (r"\byou\b", "Kestrelmoor"))
THANKS: Final = ((r"^(many )?thank(s| us| Kestrelmoor)( very much)?\b", "thanks"),)
