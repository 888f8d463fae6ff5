"""Keyword rules for the shared inbox, in the style of a spam filter and a ticket router.

Written from the policy text alone, before any of the mail, by somebody who did his best. It is a
yardstick: when it scores too well, the mail gives too much away, and the mail is what changes.
"""

import re
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from email.utils import parsedate_to_datetime

HOME_DOMAIN, HOME_NAME = "kestrelmoor.example", "kestrelmoor"
DESK_LEAD = "desk-lead@kestrelmoor.example"
OUTSIDE_TEAM, INSIDE_TEAM, DEFAULT_TIME = "customer_care", "people", datetime.min
LOOKALIKE_RATIO, LOOKALIKE_LENGTH, SATURDAY, WEEK_DAYS, HALF_YEAR_DAYS = 0.8, 6, 5, 7, 183
REQUEST_FACTOR, SUBJECT_FACTOR, THREAD_FACTOR, THIN_MAIL_WORDS = 2.0, 1.5, 0.25, 12
DANGER_BONUS, SPAM_LIMIT, SCAM_SCORE, SELLING_SCORE, STAFF_SCORE = 50.0, 3.0, 2.0, 1.5, 2.4
ODD_ADDRESS_SCORE, FREE_MAIL_SCORE, OUTSIDE_SCORE = 1.0, 0.7, 0.5
URGENT_LIMIT, DEADLINE_SCORE, HAZARD_SCORE, REQUEST_SCORE, WORK_SCORE = 2.0, 2.0, 2.5, 2.0, 1.0
STRONG_CLOSING, WEAK_CLOSING, REPEAT_CLOSING, RESOLVED_CLOSING, TIE_SCORE = 3.0, 1.0, 4.0, 1.5, 0.1
SUMMARY_WORDS, SECOND_WORDS, FIGURES_SHOWN, ACTOR_WORDS = 29, 11, 2, 9


def alternatives(*lines: str) -> str:
    """Join lines of regular-expression alternatives into one pattern that starts at a word."""
    return r"(?<!\w)(?:" + "|".join(lines) + ")"


TEAM_KEYWORDS: dict[str, dict[float, str]] = {  # per team: weight -> keywords
    "billing": {
        3: alternatives(
            r"invoic|credit note|statement of account|account statement|refund",
            r"overpa(id|y)|(charged|billed|paid|invoiced) (us )?twice",
            r"duplicate (charge|payment)|iban\b|remittance|direct debit",
            r"bank (details|account)|payment run|gift card",
        ),
        2: alternatives(
            r"payment|paid\b|pay\b|vat\b|balance|overdue|surcharge|po[ -]?\d{5}",
            r"statement|bill(ed|ing|s)?\b|credit(ed)?\b|account number|sort code",
            r"outstanding",
        ),
        1: alternatives(r"charg|amount|fees?\b|bank\b(?! holiday)"),
    },
    "dispatch": {
        3: alternatives(
            r"drivers?\b|trailer|trucks?\b|lorr(y|ies)|vans?\b|reefer|pick-?up",
            r"en route|(collection|delivery) slot|broken? down|breakdown|eta\b|"
            r"vehicle",
            r"haul|fleet|motorway|roadside|tractor unit|telematics",
        ),
        2: alternatives(
            r"collect(ion|ed)?\b|deliver|slot|book(ing)?\b|loads?\b|transport|traffic",
            r"delay|late\b|stranded|tyre|consignment|ferry|reschedul|unload|route\b",
            r"tail.?lift",
        ),
        1: alternatives(r"pallet|arriv|depot|junction|lay-?by|shipment|fuel"),
    },
    "customer_care": {
        3: alternatives(
            r"complain|claim|damaged|missing (goods|cases|boxes|pallets?|cartons)",
            r"crushed|short[- ]deliver|spoil|thawed|quot(e|ation)\b|disappoint",
            r"dissatisf|compensat",
        ),
        2: alternatives(
            r"service|unhappy|enquir|inquir|rates?\b|poor|wrong (goods|product)",
            r"shortage|missing|defrosted|unacceptable|price (for|list|per)|rude|torn",
            r"feedback",
        ),
        1: alternatives(r"customer|goods|pallet|cases|opening hours|boxes|cartons|consumer"),
    },
    "cold_store": {
        3: alternatives(
            r"chamber|cold[- ]?stor|freezer|compressor|evaporator|refrigerat|"
            r"condenser",
            r"dock|stock[- ]?(count|tak)|defrost (cycle|heater)|racking|warehouse",
            r"plant room",
        ),
        2: alternatives(
            r"temperature|doors?\b|stock|inventory|degrees|storage|thermomet|probe",
            r"sensor|coolant|leveller|cycle count|strip curtain|chiller|setpoint",
            r"shutter|blast",
        ),
        1: alternatives(r"alarm|pallet|bay\b|aisle|lights?\b|forklift|batch|celsius"),
    },
    "safety": {
        4: alternatives(
            r"injur|hurt\b|near[- ]miss|spill|ammonia|first aid|ambulance|unsafe",
            r"listeria|salmonella|recall(s|ed|ing)?\b|evacuat|bleeding|electric shock",
            r"accident",
        ),
        2: alternatives(
            r"fire\b|smoke|burn(t|ed|s)\b|hospital|slipp(ed|ery)|fell\b|trip hazard",
            r"ppe\b|contaminat|extinguisher|sprinkler|hazard|risk assessment|trapped",
            r"collapsed|frayed|brakes?\b|guard\b|harness|fumes|safety|allergen",
        ),
    },
    "security": {
        4: alternatives(
            r"password|sign-?ins?\b|sign(ing)? in\b|log-?ins?\b|log(ging)? in\b|phish",
            r"badge|cctv|camera|access card|key ?fob|(data|security) (leak|breach)",
            r"hacked|one-time code|mailbox (is )?full",
        ),
        2: alternatives(
            r"laptop|stolen|usb\b|intruder|wrong recipient|two-factor|mfa\b",
            r"locked out|cyber|credential|verif(y|ication)|tailgat",
            r"lost (my )?(phone|tablet|device)|malware|ransom|virus",
            r"account (is )?(locked|suspended)|access rights|handheld",
        ),
    },
    "legal": {
        4: alternatives(
            r"solicitor|lawyer|attorney|court|tribunal|summons|gdpr|subject access",
            r"subpoena|data[- ]protection|letter before action|law firm|erasure",
            r"personal data|legal",
        ),
        2: alternatives(
            r"contract(s|ual)?\b|clause|nda\b|authorit(y|ies)|inspect(or|ion)",
            r"regulator|hearing|police|agreement|liabilit|terms\b|ombudsman",
            r"tax office|statutory|warrant\b|ministry|council|permit",
        ),
    },
    "people": {
        3: alternatives(
            r"payroll|salar|wages?\b|payslip",
            r"(annual|parental|sick|unpaid|maternity) leave|vacanc|applicant|applying",
            r"application|cv\b|résumé|interview|candidate|overtime|pension",
            r"new starter|resign|hr\b|v[ -]?\d{3}\b|driving licen[cs]e|sick note",
            r"recruit",
        ),
        2: alternatives(
            r"leave\b|(?<!bank )holiday|off sick|training|course|certificate",
            r"licen[cs]e|onboard|rota\b|shifts?\b|hir(e|ing)\b|probation|apprentice",
            r"trainee|notice period|employ|cpc\b",
        ),
    },
}
NO_DANGER = alternatives(
    r"(nobody|no one|no-one|none|not)( was| were| is| got| has been)? (hurt|injured)",
    r"no injur(y|ies)|without injury|fire (drill|door|warden)|smoke (detector|break)",
)
DANGER = alternatives(
    r"injur(ed|y|ies)|(is|was|got|been|are|were|and) hurt|bleeding|unconscious|ambulance|trapped",
    r"spill(ed|t|s|age)?\b|ammonia (leak|smell|alarm)|smell of (gas|ammonia|burning)",
    r"(gas|ammonia)[^.]{0,25}leak|smoke|sparks|fumes|on fire|caught fire|electric shock",
    r"exposed (wire|cable)|brakes? (fail|do not|don't|not work)|unsafe|listeria",
    r"(someone|somebody|people|anyone) (could|may|might|will) (be |get )?"
    r"(hurt|fall|slip|trip|hit)",
    r"salmonella|(nearly|almost) (hit|fell|struck|crushed|ran)|slipped|collapsed|food recall",
    r"recall of|near[- ]miss",
)
BACKGROUND = alternatives(
    r"sick (note|leave)|doctor's note|solicitor|tribunal|training|course\b|drill|exercise",
    r"statistics|newsletter|poster|last (month|year|quarter)|insurance|in case of|refresher",
)
HAZARD = alternatives(
    r"broken? down|breakdown|stranded|(is|are|was) stuck|stuck (at|on|in|behind)|leak(ing|s)?\b",
    r"locked out|ransom|(temperature|chamber|product|degrees|°)[^.]{0,40}"
    r"(rising|climbing|warming)",
    r"(climb|ris|warm|thaw)ing (since|fast|and)",
    r"(now|only|already|currently) (at )?(minus |[-−+])\d|above (the )?(limit|setpoint|minus)",
    r"out of range|too warm|(and|is|are|was) (rising|climbing|warming|thawing)",
    r"alarm (is|has|went|keeps|sound)|(door|temperature) alarm|power (cut|failure|is (off|out))",
    r"(has|have|is|been|was) stolen|hacked|data (leak|breach)|injunction|forfeit",
    r"(lost|mislaid|left) (my|his|her|the|a) [a-z ]{0,15}(laptop|phone|badge|tablet|keys?|"
    r"card|fob)",
    r"(entered|typed|gave|shared|sent)[^.]{0,30}(password|sign-in|one-time code)",
    r"(typed|entered) it|personal data of|quarantine",
    r"(will|would|won't|may|might|could)[^.]{0,25}(spoil|be lost|perish|thaw|be wasted|lapse)",
    r"otherwise|penalty|(line|work|production|picking|loading)[^.]{0,25}(stops?\b|stopped|stand)",
    r"at a standstill|a fine of|be fined",
    r"(cannot|can't|unable to) (work|load|unload|start|ship|run|close|open)",
    r"(will not|won't) (close|start|cool)|(failed|tripped|jammed|gone down)\b",
    r"not (cooling|arrived|turned up|shown up)|stopped (cooling|working)",
    r"(waiting|standing|queu\w+) (at|outside) (the |your |our )?(gate|dock|door|bay|yard|depot)",
    r"(wrong|other) (person|recipient|customer)[^.]{0,30}(data|list|file)",
)
DONE = (
    r"(resolved|fixed|repaired|sorted|solved|replaced|found|closed|settled|blocked|cancelled|"
    r"cleaned|withdrawn|turned up|collected|paid)"
)
NOT_DONE = rf"\b(not|never|n't|to be|be|until|unless|get)\b[^.]{{0,15}}{DONE}"
RESOLVED = alternatives(
    rf"(is|are|was|were|been|got|now|already)( now| all| already| fully)? {DONE}\b",
    rf"{DONE} (now|again|since|already)|back (to normal|in range|in service|running|online)",
    r"all clear|false alarm|under control|made safe|(running|working|closing|cooling) again",
    r"found (it|my)|no longer|arrived safely|turned up",
)
STRONG_ARCHIVE = alternatives(
    r"no (further )?(action|reply|response|work)( is| are)? (needed|required|necessary|from you)",
    r"no further action",
    r"nothing (more |else |further )?(is |to do|needed|required|for you|left|you need)",
    r"no need (to|for)|needs? nothing|please (disregard|ignore)|can be closed",
    r"close (the|this) (case|ticket)|out of (the )?office|auto(matic)?-?\s?reply",
)
WEAK_ARCHIVE = alternatives(
    r"thank(s| you) (for|to|again|very|so)|fyi\b|for (your|the) (information|records?|files?)",
    r"well received|just to (let you know|confirm|say)|we confirm|confirming",
    r"(have|has been|was) received|newsletter|minutes of|congratulations|great (job|work)",
    r"well done|all (good|went well|fine)|happy with|went smoothly|welcome|acknowledge",
)
REPEATED = alternatives(
    r"already (been )?(reported|raised|logged)|as (already )?reported|adding my voice",
    r"others have (told|reported|said)|same (problem|fault|issue|thing) (as|that)",
    r"(you|someone) (probably|may|will) (have )?(already )?(heard|know)",
)
COURTESY = alternatives(
    r"please (find|note|see|be aware|be advised|do not hesitate|don't hesitate|accept|disregard|"
    r"ignore)",
    r"(let (me|us) know|contact|call|ask)[^.]{0,15} if (you|there|anything)[^.]*",
    r"if you have (any )?questions[^.]*|feel free[^.]*|how are you[^.?]*\?",
)
REQUEST = alternatives(
    r"please|kindly|(could|can|would|will) (you|someone|somebody)|(can|could|may) (we|i)",
    r"are you able|must\b|(we|i) (need|request|ask|require|want|would like|'d like)|i'd like",
    r"needs? (to|a|an|you|someone)\b|by when|let (me|us) know|awaiting your",
    r"look forward to your (reply|answer|quot)|waiting for your|ha(s|ve) to be",
    r"when (can|will|do)\b|(where|what|how|who|which) (is|are|do|can|much)|is required",
    r"due (on|by|in|date)",
)
WORK = alternatives(
    r"invoice|expires?\b|missing|wrong|broken|not working|damaged|fault|fails?\b|does not|doesn't",
    r"won't|complain|claim|appl(y|ying|ication)|incorrect|request|overdue|mistake|error|crack|"
    r"worn",
    r"quotation|deadline|remind|disput|not (yet )?(been |received)|still (no|not|open)|resign",
)
DEADLINE = alternatives(
    r"by\b|before|until|deadline|due\b|expires?|latest|must\b|ends?\b|closes?\b|needs?\b|cut-?off",
    r"lapses?|within",
)
PAST_TODAY = alternatives(
    r"(received|arrived|got|came|saw|noticed|found|spoke|delivered|sent|opened|"
    r"called)[^,.]{0,40}(today|this morning)",
    r"(today|this morning)[^,.]{0,20}(received|arrived|got|came|saw|noticed|found)",
)
INJECTION = alternatives(
    r"(label|classify|mark|categori[sz]e|tag|flag|triage|treat|file|route|forward|"
    r"summari[sz]e)\b[^.]{0,40}\b(this|it|mail|message|e-?mail)\b[^.]{0,40}\b(urgent|normal|"
    r"archived?|spam|billing|dispatch|customer.care|cold.store|safety|security|legal|people)\b",
    r"ignore[^.]{0,30}(instruction|rules|prompt)|(label|route(_to)?|summary|system) ?[:=]",
    r"(ai|assistant|classifier|language model|inbox (reader|robot|tool))\b",
    r"(your|the) summary (must|should)",
)
VOID = alternatives(
    r"(?:instead of|rather than|and not|not on|originally|previously|moved from|(was|were) due|"
    r"changed from|in place of)\b[^,.;]*?(?=\s+to\b|[,.;]|$)"
)
NEW_BANK = (
    r"((\bnew|chang\w+|updat\w+|different|amend\w*|switch\w*|revised)[^.]{0,50}"
    r"(\bbank\b(?! holiday)|iban|sort code|account (number|details)|payment details|banking|"
    r"salary account)|(bank|iban|account (number|details)|payment details)[^.]{0,40}"
    r"((has|have|is|are|being) (been )?(chang|updat|replac|moved)|new )|"
    r"(pay|transfer|remit|send|direct)[^.]{0,60}(to|into) (the|our|my|this|a) "
    r"(new|following|other|different|below)[^.]{0,20}(account|iban|bank))"
)
NO_NEW_BANK = (
    r"(not|never|nothing|un)[ -]?(been |be )?chang|no change|suspicious|phishing|scam|fraud|"
    r"is this (genuine|real)|(got|received|had) (a|an|this) (e-?mail|mail|message|call|request)|"
    r"(asks|asked|asking|wants) us|your (new )?bank"
)
BILL = alternatives(
    r"our invoice|(attached|enclosed)[^.]{0,25}invoice",
    r"invoice[^.]{0,40}(attached|enclosed|due|unpaid|overdue)|remit\b|amount (due|payable)",
    r"please (pay|settle|transfer)|payment (is |was |of |reminder)?[^.]{0,15}(due|overdue)",
    r"(overdue|outstanding) (amount|balance|invoice|payment|account|sum)",
    r"final (notice|demand|reminder)|balance of|(renewal|listing|registration) fee|due on receipt",
    r"has not (yet )?been paid",
)
NOT_A_BILL = alternatives(
    r"your invoice|you (invoiced|billed|charged|sent)|invoice (from you|you sent|of yours)",
    r"credit note|refund|dispute|charge[sd] (us )?twice|(we|i) (have |will |shall )?(paid|pay)",
    r"(our|my) payment|copy of|remittance advice|query|complain|claim|your statement|quot(e|"
    r"ation)",
    r"does not match|should (be|have been)",
)
APPLICATION = alternatives(
    r"(i am|i'm|i would like to|i want to|wish to) (apply|applying)",
    r"my (cv|application|résumé|resume)|apply for",
    r"(interested in|application for) (the|a|your) [a-z /-]{0,30}(position|job|role|vacancy|post)",
)
SELLING = alternatives(
    r"special offer|limited[- ](time|offer)|free (trial|demo|consultation|sample|audit)|book a",
    r"demo\b|demonstration|seo\b|\d+ ?(%|percent)|discount",
    r"leading (provider|supplier|manufacturer)|(quick|short|brief|\d+[- ]minute) (call|chat)",
    r"our (new )?(solution|platform|product|software|range|experts)",
    r"we (offer|provide|supply|specialis|help )|act now|came across (your|kestrel)",
    r"introduce (our|my|you)|(would|are) you (be )?interested|unsubscribe|boost|no obligation",
    r"(increase|cut|reduce|lower|improve) your|save (up to|you|money)|reach(ing)? out|best price",
    r"catalogue|brochure|webinar|pre-?screened|exclusive|(companies|businesses|firms) like yours",
    r"introductory|your competitors|sign up|happy to (show|demonstrate|arrange)|first month",
    r"mailing list",
)
ASKED_FOR = alternatives(
    r"as (you )?(requested|asked)|you (asked|requested)",
    r"(following|after|in reply to) your (enquiry|request|call)|quote (us|for)",
    r"your (rates|prices|quotation)|send us (a|your) (quote|offer|rates)",
)
SIGN_IN = r"password|sign-?in|credential|log-?in|mailbox|(one-time|security) code"
PHISHING = alternatives(
    rf"(verify|confirm|validate|re-?enter|reactivate|restore|reply with|update|"
    rf"keep)[^.]{{0,30}}your[^.]{{0,30}}({SIGN_IN})",
    r"(verify|confirm|validate) your (account|identity)",
    r"(password|mailbox)[^.]{0,40}(expire|suspend|deactivat|quota)",
    r"(sign|log) in (here|below|at|with|via|through)",
    r"(send|tell|give|reply)[^.]{0,25}(password|one-time code)",
)
SCAM = alternatives(
    r"gift (card|voucher)|bitcoin|crypto|lottery|inheritance|prize|western union|wire transfer",
    r"beneficiary|release fee|(between us|confidential)[^.]{0,30}(payment|transfer|card)",
    r"are you at your desk|you have (won|been selected)|million (dollars|euros|pounds|usd)",
)
STAFF_CLAIM = alternatives(
    r"(my|new) (private|personal|home) (address|e-?mail|mail|account)",
    r"my (payslip|salary|shift|rota|line manager)",
    r"(our|the) (managing director|it (department|desk|help ?desk|support|service|team))",
    r"your (ceo|director|colleague)",
)
FREE_MAIL = r"gmail|outlook|hotmail|yahoo|proton|posteo|free-?mail|webmail|mailbox|inbox|postbox"
ODD_ADDRESS = r"[a-z][013][a-z]|-(accounts?|billing|payments?|secure|verify|help ?desk|support)\b"
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
SOON = (
    r"\b(today|tonight|this (morning|afternoon|evening)|end of (the )?day|within the hour|"
    r"midnight|right now|in (an|two|three|half an) hours?)\b"
)
MONEY = r"(?:[£€$] ?\d[\d,.]*\d|\b\d[\d,.]*\d? ?(?:eur|gbp|usd|euros?|pounds)\b)"
DATE_TEXT = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b|\b\d{{4}}-\d\d-\d\d\b|\b({'|'.join(DAYS)})\b|"
    r"\b(today|tonight|tomorrow)\b|\b\d{1,2}:\d\d\b"
)
SECRETS = (
    r"(?<=password )[^.]{0,40}?\b(?:is|was) \S*\d\S*|"
    r"\b(?:\d[ -]?){12,18}\d\b|\b(?<=password )(?:(?:is|was|:)\s*)?[\"']?\S*\d\S*|"
    r"(?<=password is )\S+|(?<=password was )\S+|(?<=password: )\S+|(?<=code: )[\d-]{3,9}|"
    r"\b(?<=code )(?:is |was |: ?)?[\d-]{3,9}\b|(?<=pin )(?:is )?\d{3,8}"
)
DANGLING = (
    r"^(and|or|the|a|an|of|to|in|on|at|for|with|by|is|that|from|they|their|as|if|because|"
    r"will|be|are)$"
)
GREETING = r"^(hi|hello|dear|good (morning|afternoon|day)|morning)\b[^,!:.]{0,35}[,!:]\s*"
SIGN_OFF = (
    r"^((kind|best|many|warm|with)\s)*(regards|thanks|cheers|sincerely|yours|thank you|"
    r"best|wishes)\b.{0,12}$"
)
HOME_SIGNATURE = (
    r"^(?!.*\b(to|from|for|at|with|via|your|you|dear|hello|hi)\b).{0,40}\bkestrelmoor\b"
    r"( chilled)?( logistics)?( (it|hr|payroll|finance|accounts)\b.{0,15})?\.?$"
)
HANDING_OVER = r"\b(rout|goes?|send|hand|cover|tak(es?|ing)|pass|direct|instead|look|deal)"
POLITE = r"\b(?:please|kindly|(?:could|can|would|will) you(?: please)?)\s+(?!be )(\w.*)"
PERSONS = [
    (r"\b(i am|i'm|we're)\b", "they are"),
    (r"\bi was\b", "they were"),
    (r"\b(i|we)\b", "they"),
    (r"\b(my|our)\b", "their"),
    (r"\b(me|us)\b", "them"),
]


def has(pattern: str, text: str) -> bool:
    """Tell whether the pattern occurs in the text, whatever its case."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def without(pattern: str, text: str, replacement: str = "") -> str:
    """Remove (or replace) every match of the pattern, whatever its case."""
    return re.sub(pattern, replacement, text, flags=re.IGNORECASE)


def hits(pattern: str, text: str) -> int:
    """Count how many different strings of the text match the pattern."""
    return len({match.group(0).lower() for match in re.finditer(pattern, text, re.IGNORECASE)})


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks for something rather than being merely polite."""
    bare = without(COURTESY, sentence)
    return has(REQUEST, bare) or bare.rstrip().endswith("?")


def parse_time(timestamp: str) -> datetime:
    """Read an ISO or RFC 2822 timestamp as a naive local time."""
    for reader in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return reader(str(timestamp).strip()).replace(tzinfo=None)
        except (ValueError, TypeError):
            continue
    return DEFAULT_TIME


def next_working_day(today: date) -> date:
    """Return the first working day after the given day."""
    day = today + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def nearest_date(today: date, month: int, day: int) -> date | None:
    """Give a day and month the year that brings it closest to today, or None if it is no date."""
    for year in (today.year, today.year + 1, today.year - 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if abs((candidate - today).days) <= HALF_YEAR_DAYS:
            return candidate
    return None


def dates_in(text: str, now: datetime) -> list[date]:
    """List the dates a text names, read relative to the time of the mail."""
    lowered, today = without(PAST_TODAY, text).lower(), now.date()
    found: list[tuple[int, date | None]] = []
    for match in re.finditer(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}\b", lowered):
        month = MONTHS.index(match.group(2)[:3]) + 1
        found.append((match.start(), nearest_date(today, month, int(match.group(1)))))
    for match in re.finditer(rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)", lowered):
        month = MONTHS.index(match.group(1)[:3]) + 1
        found.append((match.start(), nearest_date(today, month, int(match.group(2)))))
    for match in re.finditer(r"\b\d{4}-(\d\d)-(\d\d)\b", lowered):
        found.append((match.start(), nearest_date(today, int(match.group(1)), int(match.group(2)))))
    for match in re.finditer(r"\b(\d{1,2})[/.](\d{1,2})[/.](?:20)?\d\d\b", lowered):
        found.append((match.start(), nearest_date(today, int(match.group(2)), int(match.group(1)))))
    for match in re.finditer(rf"\b(next |last )?({'|'.join(DAYS)})\b(?!,? \d)", lowered):
        ahead = (DAYS.index(match.group(2)) - today.weekday()) % WEEK_DAYS
        if match.group(1) == "next " and today.weekday() + ahead < WEEK_DAYS:
            ahead += WEEK_DAYS
        ahead -= WEEK_DAYS if match.group(1) == "last " else 0
        found.append((match.start(), today + timedelta(days=ahead)))
    for match in re.finditer(r"\b(?:within|in) (?:the next )?(\d+) hours?\b", lowered):
        found.append((match.start(), (now + timedelta(hours=int(match.group(1)))).date()))
    found += [(match.start(), today) for match in re.finditer(SOON, lowered)]
    found += [
        (match.start(), today + timedelta(days=1))
        for match in re.finditer(r"\btomorrow\b", lowered)
    ]
    return [
        day - timedelta(days=int(lowered[:start].endswith("before ")))
        for start, day in found
        if day
    ]


def newest_message(body: str) -> str:
    """Cut quoted earlier mail, greeting and sign-off from the body."""
    own = re.split(r"(?mi)^-+ ?original message|^on .{5,80} wrote:|^_{8,}", body)[0]
    kept: list[str] = []
    for line in (line.strip() for line in own.splitlines() if not line.lstrip().startswith(">")):
        if kept and has(SIGN_OFF, line):
            break
        kept.append(without(GREETING, line))
    return "\n".join(kept).strip() or body.strip()


def sentences_of(text: str, trusted: bool) -> list[str]:
    """Split a message into sentences, without void clauses and orders to the reader (Rule 11)."""
    unwrapped = re.sub(r"(?<!\n)\n(?=[a-z0-9])", " ", text)
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9£€\"'(])|\n+", unwrapped)
    return [
        without(VOID, part).strip(" -*•\t")
        for part in parts
        if part.strip() and (trusted or not has(INJECTION, part))
    ]


def looks_alike(first: str, second: str) -> bool:
    """Tell whether two different domains could be mistaken for each other."""
    if first == second or first.endswith("." + second) or second.endswith("." + first):
        return False
    short, long = sorted((re.sub(r"\.[a-z]+$", "", name) for name in (first, second)), key=len)
    contained = len(short) > LOOKALIKE_LENGTH and short in long
    return contained or SequenceMatcher(None, short, long).ratio() >= LOOKALIKE_RATIO


def false_identity(name: str, address: str, body: str, history: list[str]) -> bool:
    """Judge whether the address passes itself off as ours or as a partner's (Rule 7)."""
    local, _, domain = address.partition("@")
    if domain == HOME_DOMAIN:
        return False
    plain = domain.translate(str.maketrans("01345", "oleas")).replace("rn", "m").replace("-", "")
    if any(HOME_NAME in part.lower() for part in (plain, name, local)):
        return True
    pieces = re.split(r"[.-]", domain) + plain.split(".")
    if any(SequenceMatcher(None, piece, HOME_NAME).ratio() >= LOOKALIKE_RATIO for piece in pieces):
        return True
    sign_off = [line.strip() for line in body.splitlines() if line.strip()][1:][-3:]
    if any(has(HOME_SIGNATURE, line) for line in sign_off):
        return True
    known = set(re.findall(r"[\w.-]+@([\w.-]+\w)", " ".join([body, *history]).lower()))
    known |= set(re.findall(r"(?:www\.|https?://)([\w.-]+\w)", body.lower()))
    others = known - {HOME_DOMAIN}
    return domain not in known and any(looks_alike(domain, other) for other in others)


def spam_score(name: str, address: str, text: str, body: str, history: list[str]) -> float:
    """Add up the signs of fraud, false identity and unasked selling."""
    score = SPAM_LIMIT * (has(NEW_BANK, text) and not has(NO_NEW_BANK, text))
    if address.endswith("@" + HOME_DOMAIN):
        return score
    whole = " ".join([text, body, *history])
    score += SPAM_LIMIT * (false_identity(name, address, body, history) or has(PHISHING, text))
    no_order = not has(r"\bPO[ :#-]{0,2}\d{5}\b", whole)
    score += SPAM_LIMIT * (has(BILL, text) and not has(NOT_A_BILL, text) and no_order)
    score += SPAM_LIMIT * (has(APPLICATION, text) and not has(r"\bV[ -]?\d{3}\b", whole))
    score += SCAM_SCORE * hits(SCAM, text) + STAFF_SCORE * has(STAFF_CLAIM, text)
    score += SELLING_SCORE * hits(SELLING, text) * (not has(ASKED_FOR, text))
    score += ODD_ADDRESS_SCORE * has(ODD_ADDRESS, address)
    return score + FREE_MAIL_SCORE * has(FREE_MAIL, address)


def team_scores(subject: str, sentences: list[str], history: list[str]) -> dict[str, float]:
    """Weigh each team's keywords; a sentence that asks for something counts double (Rule 14)."""
    thin = sum(len(sentence.split()) for sentence in sentences) < THIN_MAIL_WORDS
    parts = [(subject, SUBJECT_FACTOR), (" ".join(history), 1.0 if thin else THREAD_FACTOR)]
    parts += [(sentence, REQUEST_FACTOR if asks(sentence) else 1.0) for sentence in sentences]
    scores = {
        team: sum(
            weight * factor * hits(words, part)
            for weight, words in weighted.items()
            for part, factor in parts
        )
        for team, weighted in TEAM_KEYWORDS.items()
    }
    text = without(NO_DANGER, " ".join([subject, *sentences]))
    scores["safety"] += DANGER_BONUS * (has(DANGER, text) and not has(BACKGROUND, text))
    return scores


def handed_over_team(text: str, scores: dict[str, float]) -> str | None:
    """Find the team whose work a notice hands over (Rule 12), or None if it is no notice."""
    names = {team: team.replace("_", "[ _-]") for team in TEAM_KEYWORDS}
    named = [team for team, words in names.items() if has(rf"\b{words}\b", text)]
    if not named or not has(HANDING_OVER, text):
        return None
    receiving = {
        team
        for team in named
        if has(
            rf"\b(to|by|with) (the )?{names[team]}\b(?!')(?! (mail|work|matters))|"
            rf"\b{names[team]}( team)? (will |is |are )?"
            r"(tak|cover|handl|look|deal|step|act|pick|do)",
            text,
        )
    }
    candidates = [team for team in named if team not in receiving]
    candidates = candidates or [team for team in scores if team not in receiving]
    return max(candidates, key=lambda team: scores[team])


def choose_label(sentences: list[str], inside: bool, now: datetime) -> str:
    """Choose between urgent, normal and archive for a genuine mail by its consequences."""
    today, end = now.date(), next_working_day(now.date())
    hazard = deadline = todo = closing = 0.0
    for sentence in sentences:
        closing += STRONG_CLOSING * has(STRONG_ARCHIVE, sentence)
        bare = without(NO_DANGER + "|" + COURTESY, sentence)
        for clause in re.split(r",? \b(?:but|however)\b", bare):
            resolved = has(RESOLVED, without(NOT_DONE, clause))
            settled = resolved or has(BACKGROUND, clause)
            request, days = asks(clause), dates_in(clause, now)
            if resolved:
                hazard = 0.0
            elif not settled and (has(HAZARD, clause) or has(DANGER, clause)):
                hazard += HAZARD_SCORE / (2 if days and max(days) > end else 1)
            for piece in re.split(r"[,;] ", clause):
                near = dates_in(piece, now)
                soon = bool(near) and today <= max(near) <= end
                if soon and not resolved and (request or has(DEADLINE, piece)):
                    deadline += DEADLINE_SCORE
            todo += REQUEST_SCORE * request + WORK_SCORE * (has(WORK, clause) and not settled)
            closing += WEAK_CLOSING * has(WEAK_ARCHIVE, clause)
            closing += REPEAT_CLOSING * has(REPEATED, clause)
            closing += RESOLVED_CLOSING * resolved
    todo += OUTSIDE_SCORE * (not inside and closing == 0)
    if hazard + deadline >= URGENT_LIMIT and hazard + deadline + todo / 2 > closing:
        return "urgent"
    return "normal" if todo > closing else "archive"


def clip(sentence: str, limit: int) -> str:
    """Shorten a sentence to a number of words without a dangling last word."""
    words = sentence.split()
    cut = words[: max(limit, 1)]
    while len(words) > limit and len(cut) > 1 and has(DANGLING, cut[-1].strip(",")):
        cut.pop()
    return " ".join(cut).rstrip(" ,;:.!?-(")


def reported(sentence: str, inside: bool) -> str:
    """Turn the sender's words into a report about the sender, without secrets (Rule 17)."""
    text = without(r"\S+@\S+|https?://\S+", without(SECRETS, sentence, " (withheld)"), "a link")
    text = without(
        r"^(please (find|see|note)( that)?( attached)?|just to (let you know|confirm)"
        r"( that)?)\s*",
        text,
    )
    addressee = (
        [(r"\byour\b", "our"), (r"\byou\b", "us")]
        if inside
        else [(r"\byour\b", "Kestrelmoor's"), (r"\byou\b", "Kestrelmoor")]
    )
    thanks = [(r"^(many )?thank(s| us| Kestrelmoor)( very much)?\b", "thanks")]
    for pattern, replacement in PERSONS + addressee + thanks:
        text = without(pattern, text, replacement)
    return text.strip()[:1].upper() + text.strip()[1:]


def summarise(actor: str, team: str, sentences: list[str], inside: bool) -> str:
    """Write at most 30 words: the main fact, the request, and figures not yet named."""
    keywords = "|".join(TEAM_KEYWORDS[team].values())

    def weight(sentence: str) -> float:
        return (
            hits(keywords, sentence)
            + HAZARD_SCORE * has(f"{HAZARD}|{DANGER}", sentence)
            + HAZARD_SCORE * has(RESOLVED, sentence)
            + hits(MONEY, sentence)
            + hits(DATE_TEXT, sentence)
        )

    usable = [part for part in sentences if len(part.split()) > 1] or sentences
    request = max(filter(asks, usable), key=weight, default="")
    facts = sorted((part for part in usable if part != request), key=weight, reverse=True)
    main = request if request and (not facts or weight(facts[0]) == 0) else (facts or [request])[0]
    second = request if main != request else ""
    if not request and len(facts) > 1 and weight(facts[1]) > 0 and not has(COURTESY, facts[1]):
        second = facts[1]
    wording = {part: reported(part, inside) for part in (main, second)}
    polite = re.search(POLITE, request, re.IGNORECASE)
    if polite:
        wish = reported(polite.group(1), inside)
        wording[request] = "Asks us to " + wish[:1].lower() + wish[1:]
    room = SUMMARY_WORDS - len(actor.split())
    main_room = room - min(len(wording[second].split()), SECOND_WORDS)
    first_words = clip(wording[main], main_room)
    room -= len(first_words.split())
    clipped = {main: first_words, second: clip(wording[second], room) if second else ""}
    text = f"{actor}: " + " ".join(clipped.pop(part) + "." for part in usable if clipped.get(part))
    whole = reported(" ".join(usable), inside)
    figures = [
        match.group(0).strip()
        for pattern in (MONEY, DATE_TEXT)
        for match in re.finditer(pattern, whole, re.IGNORECASE)
    ]
    missing = [figure for figure in dict.fromkeys(figures) if figure.lower() not in text.lower()]
    note = f" Also named: {', '.join(missing[:FIGURES_SHOWN])}." if missing else ""
    return (text + note if len((text + note).split()) <= SUMMARY_WORDS else text).strip()


def decide(
    sender: str, subject: str, body: str, thread_history: list[str], timestamp: str
) -> tuple[str, str, str]:
    """Decide what to do with one mail.

    Args:
        sender: The address of the sender, with or without a display name.
        subject: The subject line.
        body: The text of the newest message.
        thread_history: The earlier messages of the thread.
        timestamp: When the mail was sent.

    Returns:
        The label, the team that must get the mail, and a summary for it.
    """
    history = [str(item) for item in thread_history or []]
    # By hand, because Python's parseaddr reads commas in names differently in its patch releases.
    name, _, address = sender.rpartition("<")
    name, address = name.strip(' "'), address.strip(" >").lower()
    local, _, domain = address.partition("@")
    inside = domain == HOME_DOMAIN
    subject = without(r"^((re|fwd?|aw)\s*:\s*)+", subject.strip())
    sentences = sentences_of(newest_message(body), address == DESK_LEAD) or [subject or "No text"]
    text = " ".join([subject + ".", *sentences])
    scores = team_scores(subject, sentences, history)
    scores[INSIDE_TEAM if inside else OUTSIDE_TEAM] += TIE_SCORE
    team = max(scores, key=lambda key: scores[key])
    handed_over = handed_over_team(text, scores) if address == DESK_LEAD else None
    source = local if inside or has(FREE_MAIL, domain) else re.sub(r"\.[a-z]+$", "", domain)
    actor = name if name and "@" not in name else re.sub(r"[._-]+", " ", source).title() or "Sender"
    if handed_over:
        label, team = "archive", handed_over
    elif spam_score(name, address, text, body, history) >= SPAM_LIMIT:
        label, actor = "spam", f"Suspected fraud or selling by {actor}"
        if has(NEW_BANK, text) and not has(NO_NEW_BANK, text):
            team = "people" if has(r"\b(salary|wages?|payroll)\b", text) else "billing"
        elif has(PHISHING, text) and has(SIGN_IN, text):
            team = "security"
    else:
        label = choose_label(sentences, inside, parse_time(timestamp))
    return label, team, summarise(clip(actor, ACTOR_WORDS), team, sentences, inside)
