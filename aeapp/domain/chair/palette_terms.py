"""The event palette as data: our own words for what happens around ketamine and esketamine.

The words are findings and symptoms as a nurse says them, no diagnoses. Frequencies are those of the
label's table for treatment-resistant depression; a term that the table lacks has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aeapp.kernel.i18n import N_

# Raised when a code of this list is added or its words are changed.
EDITION = "1"
PRODUCT = "SPRAVATO"
SOURCE = (
    "SPRAVATO label of 27 Jan 2025, with an oral antidepressant in treatment-resistant depression, "
    "346 patients"
)


@dataclass(frozen=True, slots=True)
class LabelShare:
    """How often a label's trials had it.

    Attributes:
        percent: Of the patients of the trial.
    """

    percent: Decimal
    product: str = PRODUCT
    source: str = SOURCE


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the palette.

    Attributes:
        code: Never changes and is never given to another term.
        synonyms: Other words by which it is found; they never replace what a person typed.
        letter: Its key where the term has a tile; a letter never moves.
        short: What stands on the tile where the words are too long for it.
    """

    code: str
    words: str
    synonyms: tuple[str, ...] = ()
    letter: str = ""
    short: str = ""
    label: LabelShare | None = None


def _term(  # noqa: PLR0917 - one line of the table below
    code: str, words: str, synonyms: str, percent: str = "", letter: str = "", short: str = ""
) -> Term:
    names = tuple(name.strip() for name in synonyms.split(";") if name.strip())
    label = LabelShare(Decimal(percent)) if percent else None
    return Term(code, words, names, letter, short, label)


# fmt: off
TERMS: tuple[Term, ...] = (
    _term("dissociation", N_("Dissociation"),
          "dissociative; detached; floating; unreal; depersonalization; derealization", "41", "D"),
    _term("dizziness", N_("Dizziness"),
          "dizzy; lightheaded; light-headed; woozy; dizzy on standing; postural dizziness",
          "29", "Z"),
    _term("nausea", N_("Nausea"), "nauseous; feels sick; queasy; sick to the stomach", "28", "N"),
    _term("sedation", N_("Sedation"),
          "sedated; sleepy; drowsy; drowsiness; somnolence; hard to rouse", "23", "S"),
    _term("vertigo", N_("Vertigo"), "spinning; room spins", "23"),
    _term("headache", N_("Headache"), "head pain; migraine", "20", "H"),
    _term("taste-altered", N_("Taste altered"),
          "dysgeusia; bad taste; bitter taste; metallic taste; taste change", "19", "T"),
    _term("numbness", N_("Numbness"), "numb; hypoesthesia; hypoaesthesia; cannot feel hands", "18"),
    _term("anxiety", N_("Anxiety"), "anxious; nervous; fearful; worried; scared", "13", "A"),
    _term("lethargy", N_("Lethargy"), "listless; sluggish; no energy", "11"),
    _term("bp-increased", N_("Blood pressure increased"),
          "hypertension; high blood pressure; pressure up; raised pressure; hypertensive; bp up; "
          "bp high",
          "10", "B", N_("Pressure up")),
    _term("vomiting", N_("Vomiting"),
          "vomited; threw up; throwing up; emesis; puked; sick up", "9", "V"),
    _term("insomnia", N_("Sleeplessness"),
          "insomnia; could not sleep; sleepless; poor sleep; trouble sleeping", "8"),
    _term("diarrhea", N_("Diarrhea"), "diarrhoea; loose stool; loose bowels", "7"),
    _term("nasal-discomfort", N_("Nasal discomfort"),
          "nose burns; nose sore; nose irritation; nose itches", "7"),
    _term("throat-irritation", N_("Throat irritation"), "scratchy throat; throat tickles", "7"),
    _term("feeling-drunk", N_("Feeling drunk"), "drunk; intoxicated; tipsy", "5"),
    _term("dry-mouth", N_("Dry mouth"), "mouth dry; thirsty; cotton mouth", "5"),
    _term("sweating", N_("Sweating"),
          "hyperhidrosis; sweaty; diaphoresis; clammy; perspiration", "4"),
    _term("euphoria", N_("Euphoria"), "euphoric mood; elated; high; overly happy; giggling", "4"),
    _term("slurred-speech", N_("Slurred speech"),
          "dysarthria; slurring; speech slow; cannot speak clearly", "4"),
    _term("tremor", N_("Tremor"), "shaking; shaky; trembling; shivering", "3"),
    _term("throat-pain", N_("Throat pain"), "oropharyngeal pain; sore throat; throat hurts", "3"),
    _term("slow-thinking", N_("Slow thinking"),
          "mental impairment; foggy; brain fog; cannot concentrate; cognitive disturbance", "3"),
    _term("constipation", N_("Constipation"), "constipated; no stool; hard stool", "3"),
    _term("frequent-urination", N_("Frequent urination"),
          "pollakiuria; urinary frequency; pees often; passes water often", "3"),
    _term("feeling-abnormal", N_("Feeling strange"),
          "feeling abnormal; feels odd; weird; not himself; not herself; not themselves", "3"),
    _term("fast-heartbeat", N_("Fast heartbeat"),
          "tachycardia; sinus tachycardia; heart racing; pulse high; rapid pulse; hr up", "2"),
    _term("paresthesia", N_("Paresthesia"),
          "tingling; pins and needles; paraesthesia; prickling", "", "P"),
    _term("mouth-numb", N_("Numb or tingling mouth"),
          "hypoesthesia oral; paresthesia oral; numb lips; tingling tongue; numb tongue"),
    _term("blurred-vision", N_("Blurred vision"),
          "vision blurred; blurry; cannot focus; visual disturbance; sees unclearly", "", "U"),
    _term("double-vision", N_("Double vision"), "diplopia; sees double; seeing double"),
    _term("eye-movements", N_("Jerky eye movements"), "nystagmus; eyes jump; eyes flicker"),
    _term("slow-breathing", N_("Slow breathing"),
          "respiratory depression; bradypnea; hypoventilation; shallow breathing; breathing slow",
          "", "R"),
    _term("breathing-stopped", N_("Breathing stopped"),
          "apnea; apnoea; not breathing; stopped breathing"),
    _term("low-oxygen", N_("Low oxygen saturation"),
          "desaturation; hypoxia; hypoxemia; spo2 low; sats dropped; oxygen dropped"),
    _term("short-of-breath", N_("Short of breath"),
          "dyspnea; dyspnoea; breathless; sob; hard to breathe; breathing difficulty"),
    _term("throat-spasm", N_("Throat spasm"),
          "laryngospasm; stridor; noisy breathing; throat closes"),
    _term("aspiration", N_("Breathed in stomach content"),
          "aspiration; aspirated; choked on vomit; choking"),
    _term("bp-decreased", N_("Blood pressure decreased"),
          "hypotension; low blood pressure; pressure down; pressure dropped; bp down; bp low"),
    _term("slow-heartbeat", N_("Slow heartbeat"), "bradycardia; slow pulse; pulse low; hr down"),
    _term("palpitations", N_("Palpitations"), "heart pounding; pounding heart; skipped beats"),
    _term("irregular-heartbeat", N_("Irregular heartbeat"),
          "arrhythmia; dysrhythmia; irregular pulse; extra beats"),
    _term("chest-pain", N_("Chest pain"),
          "cardiac chest pain; tight chest; chest pressure; chest tightness; angina"),
    _term("fainting", N_("Fainting"), "syncope; fainted; passed out; blacked out; collapse"),
    _term("unresponsive", N_("Unresponsive"),
          "loss of consciousness; unconscious; does not react; cannot be woken"),
    _term("seizure-like", N_("Seizure-like movements"),
          "seizure; convulsion; fit; jerking; twitching; myoclonus"),
    _term("muscle-stiffness", N_("Stiff muscles"),
          "increased muscle tone; rigid; rigidity; muscle spasm; cramp; tense muscles"),
    _term("out-of-body", N_("Out-of-body feeling"),
          "out of body; left the body; watching myself; saw myself from above"),
    _term("k-hole", N_("Cannot move or speak"),
          "k-hole; immobile; paralyzed feeling; locked in; unable to move"),
    _term("hallucination", N_("Hallucination"),
          "hallucinations; hallucinating; sees things; hears voices; visions"),
    _term("panic", N_("Panic"), "panic attack; terror; terrified; bad trip"),
    _term("agitation", N_("Agitation"), "agitated; restless; combative; thrashing; pulling lines"),
    _term("low-mood", N_("Low mood"),
          "dysphoria; dysphoric; depression; depressed; sad; feels down; mood worse"),
    _term("crying", N_("Crying"), "tearful; tears; weeping; sobbing"),
    _term("irritability", N_("Irritability"), "irritable; angry; anger; short-tempered"),
    _term("suspicion", N_("Suspicious thoughts"),
          "paranoia; paranoid; suspicious; psychosis; psychotic; delusion"),
    _term("elevated-mood", N_("Driven, elated for days"),
          "mania; manic; hypomania; overactive; racing thoughts"),
    _term("confusion", N_("Confusion"),
          "confused; confusional state; disoriented; disorientation"),
    _term("emergence", N_("Confused on waking"),
          "emergence delirium; emergence reaction; delirium; delirious"),
    _term("memory-gap", N_("Memory gap"),
          "amnesia; forgot; memory loss; does not remember; memory worse"),
    _term("nightmare", N_("Nightmares"), "nightmare; bad dreams; vivid dreams"),
    _term("flashback", N_("Flashback"), "relives trauma; trauma memory; reliving"),
    _term("suicidal-thoughts", N_("Suicidal thoughts"),
          "suicidal ideation; wants to die; suicidal; thoughts of suicide"),
    _term("self-harm", N_("Self-harm or suicide attempt"),
          "suicide attempt; overdose on purpose; cut himself; cut herself; self injury"),
    _term("fatigue", N_("Fatigue"), "tired; exhausted; weak; worn out"),
    _term("unsteady", N_("Unsteady walk"),
          "ataxia; gait disturbance; staggering; wobbly; loss of balance"),
    _term("fall", N_("Fall"), "fell; fell down; slipped; fell off the chair"),
    _term("appetite-loss", N_("No appetite"), "anorexia; appetite decreased; not hungry"),
    _term("belly-pain", N_("Belly pain"), "abdominal pain; stomach ache; stomach pain; cramps"),
    _term("drooling", N_("Drooling"),
          "sialorrhea; hypersalivation; salivation; saliva; salivary gland swelling"),
    _term("itching", N_("Itching"), "pruritus; itchy; itches; scratching"),
    _term("rash", N_("Rash"), "rash maculo-papular; exanthema; red spots; redness of the skin"),
    _term("hives", N_("Hives"), "urticaria; wheals; welts"),
    _term("allergic-reaction", N_("Sudden allergic reaction"),
          "anaphylaxis; anaphylactic; swollen face; swelling of tongue; angioedema"),
    _term("flushing", N_("Flushing"), "flushed; red face; hot flush; feeling hot"),
    _term("chills", N_("Chills"), "feeling cold; cold; rigors"),
    _term("site-reaction", N_("Reaction at the needle site"),
          "injection site reaction; injection site pain; infusion site pain; site sore; bruise"),
    _term("extravasation", N_("Drip ran beside the vein"),
          "extravasation; infusion site extravasation; infiltration; iv infiltrated; tissued"),
    _term("vein-inflammation", N_("Sore, red vein"), "phlebitis; vein inflammation; vein red"),
    _term("nosebleed", N_("Nosebleed"), "epistaxis; nose bleeds; bleeding nose"),
    _term("blocked-nose", N_("Blocked or runny nose"),
          "nasal congestion; stuffy nose; runny nose; rhinorrhea; common cold; "
          "viral upper respiratory tract infection"),
    _term("ear-ringing", N_("Ringing in the ears"), "tinnitus; ear noise; ears buzz"),
    _term("sound-sensitive", N_("Sounds too loud"), "hyperacusis; noise sensitive; hearing odd"),
    _term("eye-pressure", N_("Eye pressure increased"),
          "intraocular pressure increased; eye pain; pressure in the eye"),
    _term("head-pressure", N_("Pressure in the head"),
          "increased intracranial pressure; head pressure; head feels tight"),
    _term("bladder-pain", N_("Bladder pain"),
          "cystitis; cystitis noninfective; cystitis interstitial; pain on urination; dysuria"),
    _term("urgency", N_("Urgent need to urinate"), "urinary urgency; cannot hold urine; leaks"),
    _term("blood-in-urine", N_("Blood in urine"), "hematuria; haematuria; red urine"),
    _term("no-urine", N_("Cannot urinate"), "urinary retention; cannot pass urine"),
    _term("liver-values", N_("Liver values raised"),
          "hepatic enzyme increased; alanine aminotransferase increased; liver enzymes; "
          "drug-induced liver injury; yellow skin; jaundice"),
    _term("craving", N_("Craving or use for effect"),
          "drug abuse; misuse; abuse; craving; drug dependence; dependence; wants more"),
    _term("diversion", N_("Drug not taken as given"),
          "diversion; kept the dose; spat out unseen; sold; shared"),
    _term("withdrawal", N_("Unwell after stopping"), "withdrawal; withdrawal symptoms"),
    _term("wrong-dose", N_("Error in giving the drug"),
          "medication error; wrong dose; wrong drug; overdose; dose error; wrong route"),
    _term("device-failure", N_("Device did not work"),
          "device failure; device malfunction; spray failed; pump failed; pump alarm"),
    _term("no-effect", N_("No effect"), "lack of efficacy; did not work; drug ineffective"),
)
# fmt: on
