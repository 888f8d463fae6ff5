"""Carriers of months to train on."""

from typing import Final

from deck.carriers.carrier import Carrier
from deck.carriers.train import (
    afterwards,
    announcement,
    bill,
    claim,
    complaint,
    confirmation,
    customer,
    end,
    fraud,
    holiday,
    listing,
    matter,
    notice,
    settlement,
    withdrawal,
)

CARRIERS: Final[tuple[Carrier, ...]] = (
    *afterwards.CARRIERS,
    *announcement.CARRIERS,
    *bill.CARRIERS,
    *claim.CARRIERS,
    *complaint.CARRIERS,
    *confirmation.CARRIERS,
    *customer.CARRIERS,
    *end.CARRIERS,
    *fraud.CARRIERS,
    *holiday.CARRIERS,
    *listing.CARRIERS,
    *matter.CARRIERS,
    *notice.CARRIERS,
    *settlement.CARRIERS,
    *withdrawal.CARRIERS,
)
