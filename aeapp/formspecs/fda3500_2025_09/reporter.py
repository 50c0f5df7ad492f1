"""Page 7: G reporter, with the facts on sending; page 8: confidentiality and the PRA facts.

The advice is ours, in our words; numbers and addresses are FDA's.
"""

from __future__ import annotations

from aeapp.domain.codelists.safety import AlsoReportedTo
from aeapp.formspecs.drafting import Page
from aeapp.formspecs.model import Kind, Section

P7, P8 = Page(7), Page(8)

PHONE = "1-800-FDA-1088 (1-800-332-1088)"
FAX = "1-800-FDA-0178 (1-800-332-0178)"
ONLINE = "www.fda.gov/medwatch/report.htm"
MAIL = (
    "MedWatch Program, White Oak Campus, Building 22, G0207",
    "10903 New Hampshire Ave., Silver Spring, MD 20993",
)

SENDING = (("Online", ONLINE), ("Fax", FAX), ("Phone", PHONE), ("Mail", "\n".join(MAIL)))

NAME_AND_ADDRESS = (
    P7.cell(
        Kind.TEXT, "G1", "filer.last_name", "Last Name",
        at=(14.9, 23.2), box=(14.9, 26.9, 91.2, 4.8),
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.first_name", "First Name",
        at=(108.0, 23.2), box=(108.0, 26.9, 92.0, 4.8),
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.address", "Address",
        at=(14.9, 32.7), box=(14.9, 36.5, 185.2, 4.8), max_chars=100,
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.city", "City",
        at=(14.9, 42.2), box=(14.9, 46.1, 76.1, 4.8),
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.state", "State/Province/Region",
        at=(93.2, 42.2), box=(93.2, 46.1, 81.1, 4.8),
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.postal_code", "ZIP/Postal Code",
        at=(175.7, 42.2), box=(175.7, 46.1, 24.3, 4.8), max_chars=10,
    ),
    P7.cell(
        Kind.CHOICE, "G1", "filer.country", "Country",
        at=(14.9, 51.8), box=(14.9, 55.6, 184.8, 4.8),
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.phone", "Phone #",
        at=(14.9, 61.5), box=(14.9, 65.3, 38.2, 4.8),
    ),
    P7.cell(
        Kind.TEXT, "G1", "filer.email", "Email",
        at=(55.1, 61.5), box=(55.1, 65.3, 144.9, 4.8),
    ),
)  # fmt: skip

STANDING = (
    P7.cell(
        Kind.YES_NO, "G2", "filer.health_professional", "2. **Health Professional?**",
        at=(14.9, 71.3), options=P7.yes_no((14.9, 76.6), (27.2, 76.6)),
    ),
    P7.cell(
        Kind.CHOICE, "G3", "filer.occupation", "3. **Occupation**",
        at=(55.1, 71.3), box=(55.1, 75.4, 98.6, 4.8),
    ),
    P7.cell(
        Kind.CHECK, "G4", "report.also_reported_to", "4. **Also Reported to:**",
        at=(156.0, 71.3),
        options=P7.ticks(
            AlsoReportedTo, (159.2, 76.6), (159.2, 81.2), (159.2, 85.8), (159.2, 90.2)
        ),
    ),
    P7.cell(
        Kind.MARK, "G5", "filer.withhold_identity",
        "5. **If you do NOT want your identity disclosed to the manufacturer, please mark this "
        "box:**",
        caption="Identity not to be disclosed to the manufacturer",
        at=(13.8, 95.9), width=127.1,
        options=(P7.tick("yes", "", 141.0, 96.0),),
    ),
)  # fmt: skip

LEFT = """**What MedWatch takes**
Adverse events, product problems and errors of use with
drugs, biologics, compounded products, cannabinoid hemp
products, cosmetics, medical devices, combination
products, blood, cell, gene and tissue products.

**When an event is serious**
Death, threat to life, admission to hospital or a longer
stay, lasting disability or damage, a birth defect, an
intervention that prevented permanent damage, or another
important medical event.

**Report even when**
the product may not be the cause, or details are missing.

**Rules for paper**
One form for each patient. Section D for every product
but devices; section E for devices. Fill only what applies.
Attach pages as needed, each with the section and item
that it continues."""

RIGHT = f"""**How to send**
Phone: {PHONE}
Fax: {FAX}
Online: {ONLINE}
Mail: {MAIL[0]},
{MAIL[1]}
To FDA, to the manufacturer, or to both.

**Not with this form**
Vaccines: VAERS, 1-800-822-7967
Tobacco and nicotine: Safety Reporting Portal,
1-877-287-1373
Food and special nutrition: Safety Reporting Portal,
1-888-723-3366
Animal products: FDA's center for veterinary medicine
Investigational drugs: as the study protocol says

**Serious events with a device outside a doctor's office**
The facility may owe a report of its own: tell its
responsible person."""

REPORTER = Section(
    letter="G",
    title="REPORTER",
    frames=(P7.border(12.6, 12.3, 190.9, 251.5), P7.bar(12.6, 12.3, 190.9, 5.8)),
    words=(
        P7.title(108.0, 13.0, "**G. REPORTER** __(See confidentiality section on next page)__"),
        P7.words(14.9, 18.6, "1. **Name and Address**"),
        P7.title(108.0, 102.5, "**ADVICE ABOUT VOLUNTARY REPORTING**", size=12.0),
        P7.title(
            108.0, 108.5, "In the words of this program; FDA's own instructions decide.", size=8.0
        ),
        P7.words(16.5, 117.0, LEFT, size=8.5, width=90.0),
        P7.words(109.0, 117.0, RIGHT, size=8.5, width=92.5),
    ),
    rules=(
        P7.rule(14.8, 23.1, w=186.3),
        P7.rule(107.2, 23.1, h=9.5),
        P7.rule(14.8, 32.6, w=186.3),
        P7.rule(14.8, 42.1, w=186.3),
        P7.rule(92.0, 42.1, h=9.5),
        P7.rule(174.9, 42.1, h=9.5),
        P7.rule(14.8, 51.6, w=186.3),
        P7.rule(14.8, 61.5, w=186.3),
        P7.rule(54.3, 61.5, h=33.0),
        P7.rule(12.6, 71.0, w=190.9),
        P7.rule(155.1, 71.0, h=23.5),
        P7.rule(12.6, 94.5, w=190.9),
        P7.rule(12.6, 101.0, w=190.9),
    ),
    cells=(*NAME_AND_ADDRESS, *STANDING),
)

CONFIDENTIAL = """**Confidentiality**
FDA keeps the patient's identity in strict confidence; the
law protects it. FDA may tell the manufacturer who
reported, unless box G5 is ticked.

**Paperwork Reduction Act**
The official form is approved under OMB No. 0910-0291,
which expires on 30-Sep-2027. FDA reckons 40 minutes
for filling it in. Without a valid OMB number nobody is
bound to answer."""

OFFICE = """**About these pages**
They carry the content of Form FDA 3500 (09/2025) item by
item, each in the place where the official form has it, for
copying into MedWatch Online or the official form. They are
prepared by the clinic and are not issued or checked by the
Food and Drug Administration.

Remarks on the burden of the official form go to
PRAStaff@fda.hhs.gov; reports never go there."""

CONFIDENTIALITY = Section(
    letter="",
    title="Confidentiality",
    frames=(P8.border(12.7, 16.3, 190.9, 247.6),),
    words=(
        P8.words(16.5, 19.5, CONFIDENTIAL, size=8.5, width=90.0),
        P8.words(109.0, 19.5, OFFICE, size=8.5, width=92.5),
    ),
)
