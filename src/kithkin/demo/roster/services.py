"""What the services and touchpoints of the simulated company are, in the words of those who do and use them."""

from __future__ import annotations

SERVICES = {
    "till support": "Tills, card readers and receipt printers are kept running, and mended. For every branch.",
    "telephony": "Lines, queues and headsets for whoever answers customers. For the contact centre's advisors.",
    "web platform": "The shop's pages, search and basket, day and night. For the online shop's team.",
    "replenishment": "Goods reach the shelf before the doors open, by each branch's own plan. For branch managers.",
    "spare parts": "The right part lies in the right van in the morning. For technicians on the road.",
    "repairs": "Doors, lights, heating and refrigeration are mended. For whoever runs a branch.",
    "campaign kits": "Posters, price tags and samples, with a plan of what hangs where. For branch managers.",
    "answers on products": "What a product can do, told within the day. For advisors and the shop's editors.",
    "staffing": "Shifts are filled, newcomers found and trained. For heads who plan a week.",
    "refunds": "Money goes back once the advisor has agreed to it. For advisors in the contact centre.",
    "carrier contracts": "Carriers are chosen, prices agreed, complaints followed up. For planners in logistics.",
    "checklists": "What is looked at before and after a repair, kept up to date. For technicians.",
    "cash settlement": "The day's takings are counted, booked and explained. For branch managers.",
    "contract review": "Contracts are read before they are signed, with what to change. For buyers.",
    "claims review": "What advertising may say, told before it is printed. For whoever plans a campaign.",
    "bookkeeping system": "Ledger, invoices and the monthly closing, available when they are needed. For accountants.",
    "contractors": "Tradespeople under contract, at agreed prices, for every region. For building managers.",
    "transport": "Pallets from the depot to the branches, six nights a week. For planners in logistics.",
    "cleaning": "Sales floors and offices, before opening and after closing. For building managers.",
    "parcels": "Parcels are brought to the counter every noon, and returns taken along. For pick-up points.",
}
"""Each service with what is done and for whom, typically."""

TOUCHPOINTS = {
    "Visit": ("branch", "Somebody walks in, looks round and is greeted, or not."),
    "Purchase": ("branch", "At the till: the queue, the price, the card reader, the receipt."),
    "Order online": ("web", "From the search to the basket and the payment."),
    "Delivery": ("door", "The parcel is rung in at the door, on the day that was said."),
    "Getting help": ("telephone, chat", "A question or a complaint, and somebody who can answer it."),
    "Repair": ("at home", "A technician comes, mends it and explains what was done."),
}
"""Each touchpoint with its channel and what happens there."""
