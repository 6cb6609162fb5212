"""The language of segments: a rule is a tree of conditions on people, parsed, put into words and turned into a query.

    {"all": [{"field": "side", "operator": "is", "value": "kith"},
             {"none": [{"field": "country", "operator": "is", "value": "DE"}]}]}

**What conditions mean.** Each field gives a set of known values per person: a name is one, ties are any number, an
empty e-mail address is none. `is`, `contains`, `more` … hold where some value fits; `is_not` and `contains_not` hold
where values are known and none of them fits. So every condition but `unknown` is false of somebody of whom nothing is
known: "country is not DE" does not speak of people whose country nobody knows (add "or country is unknown" to have
them). `none` is the plain opposite of `any`, the unknown included.

Text is compared without case, accents and doubled spaces (`kithkin.platform.text.fold`); days are those of the
installation's time zone; "in the last 7 days" is today and the seven days before. A declared attribute whose stored
value is not of the declared kind is unknown. Ties and memberships count while they hold; purchases are the person's
own, and a person without any has bought 0 times for 0.
"""
