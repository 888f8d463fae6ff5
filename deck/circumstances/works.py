"""The kinds of work that mail asks for, and which team of the base desk does each of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Work(NamedTuple):
    """One kind of work.

    Attributes:
        team: The team of the base desk that does it.
        what: What it is, as a directory of teams lists it.
        brief: The same in a word or two, as a notice names it.
    """

    team: str
    what: str
    brief: str


WORKS: Final[Mapping[str, Work]] = MappingProxyType(
    {
        "invoice": Work("billing", "the invoices we send", "our invoices"),
        "bill": Work("billing", "the bills we pay", "bills"),
        "credit": Work("billing", "credit notes and refunds", "credit notes"),
        "statement": Work("billing", "statements of account", "statements"),
        "payment": Work(
            "billing", "payments that are due or went astray, and bank details", "payments"
        ),
        "booking": Work("dispatch", "bookings of vehicles and loads", "bookings"),
        "slot": Work("dispatch", "collection and delivery slots", "slots"),
        "delivery": Work(
            "dispatch", "loads on the road, their drivers and their delays", "loads on the road"
        ),
        "breakdown": Work("dispatch", "vehicles: breakdowns, repairs, fuel, parking", "vehicles"),
        "empties": Work("dispatch", "empty pallets and boxes to fetch or send back", "empties"),
        "load_papers": Work("dispatch", "the papers that travel with a load", "load papers"),
        "complaint": Work(
            "customer_care", "complaints about our service, drivers or hauliers", "complaints"
        ),
        "claim": Work("customer_care", "claims for damaged or missing goods", "claims"),
        "quote": Work("customer_care", "quotes and prices for customers", "quotes"),
        "service": Work(
            "customer_care", "customers' questions, thanks and surveys", "questions and thanks"
        ),
        "chamber": Work("cold_store", "chambers and their temperatures", "chambers"),
        "stock": Work("cold_store", "stock, lots on hold and stock counts", "stock"),
        "dock": Work("cold_store", "docks, doors and their curtains", "docks and doors"),
        "plant": Work(
            "cold_store", "refrigeration plant and the current it needs", "refrigeration plant"
        ),
        "upkeep": Work(
            "cold_store",
            "the upkeep of the warehouses: roofs, pipes, ice, lamps, pests, cleaning",
            "upkeep of the warehouses",
        ),
        "injury": Work("safety", "injuries and near misses", "injuries"),
        "spill": Work("safety", "spilt acid, oil and gas", "spills"),
        "fire": Work("safety", "fire, alarms for it and escape routes", "fire"),
        "equipment": Work(
            "safety",
            "unsafe stairs, racks, trucks and machines, mirrors and protective gear",
            "unsafe equipment",
        ),
        "recall": Work("safety", "food recalls", "recalls"),
        "sign_in": Work("security", "passwords and sign-ins", "sign-ins"),
        "device": Work("security", "lost devices, and theft", "lost devices"),
        "leak": Work("security", "data that got to the wrong people", "data leaks"),
        "badge": Work("security", "badges, keys, door codes and visitors", "badges and keys"),
        "camera": Work("security", "cameras, fences and break-ins", "cameras"),
        "court": Work("legal", "lawyers, courts and witnesses", "lawyers and courts"),
        "authority": Work("legal", "authorities, permits and inspections", "authorities"),
        "contract": Work("legal", "contracts, leases and insurance", "contracts"),
        "data_request": Work("legal", "data-protection requests", "data requests"),
        "hiring": Work("people", "hiring, applications and references", "hiring"),
        "pay": Work("people", "pay, hours and pensions", "pay"),
        "leave": Work("people", "leave, sickness and parenthood", "leave"),
        "licence": Work("people", "our staff's licences, driving cards and medicals", "licences"),
        "training": Work("people", "training and courses", "training"),
        "conduct": Work("people", "conduct of our own staff, and their welfare", "conduct"),
    }
)
