"""The module `bookings` of the stock."""
