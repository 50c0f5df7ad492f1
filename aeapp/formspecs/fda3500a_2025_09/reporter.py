"""Page 7: E initial reporter."""

from __future__ import annotations

from aeapp.domain.codelists.safety import YesNoUnknown
from aeapp.formspecs.drafting import Page
from aeapp.formspecs.model import Kind, Section

P7 = Page(7)

REPORTER = Section(
    letter="E",
    title="INITIAL REPORTER",
    frames=(P7.bar(11.8, 140.9, 191.0, 5.2),),
    words=(
        P7.title(107.5, 141.4, "**E. INITIAL REPORTER**"),
        P7.words(12.3, 147.0, "1. **Name and Address**"),
    ),
    rules=(
        P7.rule(11.8, 206.9, w=191.0),
        P7.rule(48.8, 206.9, h=15.2),
        P7.rule(120.0, 206.9, h=15.2),
    ),
    cells=(
        P7.cell(
            Kind.TEXT, "E1", "teller.last_name", "Last Name",
            at=(14.2, 151.6), box=(14.0, 156.2, 92.6, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.first_name", "First Name",
            at=(108.4, 151.6), box=(108.3, 156.2, 92.2, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.address", "Address",
            at=(14.2, 162.8), box=(14.0, 167.6, 186.4, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.city", "City",
            at=(14.6, 174.4), box=(14.6, 179.2, 90.9, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.state", "State/Province/Region",
            at=(107.5, 174.4), box=(107.7, 179.2, 64.1, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.postal_code", "ZIP/Postal Code",
            at=(174.5, 174.4), box=(175.2, 179.2, 25.7, 4.9),
        ),
        P7.cell(
            Kind.CHOICE, "E1", "teller.country", "Country",
            at=(14.2, 185.3), box=(14.1, 190.3, 186.8, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.phone", "Phone #",
            at=(14.4, 196.0), box=(14.2, 200.6, 38.8, 4.9),
        ),
        P7.cell(
            Kind.TEXT, "E1", "teller.email", "Email",
            at=(54.2, 196.0), box=(54.2, 200.6, 146.4, 4.9),
        ),
        P7.cell(
            Kind.YES_NO, "E2", "teller.health_professional", "2. **Health Professional?**",
            at=(12.5, 208.2), width=36.0, options=P7.yes_no((15.0, 213.4), (28.5, 213.4)),
        ),
        P7.cell(
            Kind.CHOICE, "E3", "teller.occupation", "3. **Occupation** __(Select list)__",
            at=(50.6, 208.2), box=(50.4, 213.4, 63.5, 4.9),
        ),
        P7.cell(
            Kind.PICK, "E4", "teller.told_fda", "4. **Initial reporter also sent report to FDA?**",
            at=(121.7, 208.2), width=80.0,
            options=P7.ticks(YesNoUnknown, (125.3, 213.6), (138.3, 213.6), (150.7, 213.6)),
        ),
    ),
)  # fmt: skip
