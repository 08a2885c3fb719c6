"""What a question asks, however it is put: the clause that asks, and whether one must, may, or need not."""

from __future__ import annotations

import pytest

from assistant.asking import clause_of, parted
from assistant.question import Question
from assistant.sentences import sentences
from tests.core_kit import understood

# question -> whether it asks if one must, may, or may leave undone ("skip"), or else its form
ASKED = {
    "Kan vi tage alle unge ud af ret og pligt?": "skip",
    "Må jeg tage ham ud af uddannelsespålægget?": "skip",
    "Falder den forberedende del væk, når der er én plan?": "skip",
    "Er det rigtigt, at pigens egen plan bortfalder?": "skip",
    "Min chef siger, at rehabiliteringsplanen ryger ud. Er det i orden?": "skip",
    "Kan vi så bare glemme registreringen?": "skip",
    "Må vi lægge Min Plan på hylden?": "skip",
    "Må vi lukke ned for indberetningen?": "skip",
    "Kan vi smide mentorkontrakten ud?": "skip",
    "Er Min Plan afskaffet hos os?": "skip",
    "Er kravet om fremmøde ophævet?": "skip",
    "Må vi opgive at holde samtalerne?": "skip",
    "Kan vi holde indsatser i ressourceforløb ude af planen?": "skip",
    "Kan vi lade det stå ude af planen?": "skip",
    "Can we leave his course out of the joint plan?": "skip",
    "May we close the reporting system?": "skip",
    "Can I forget about the Min Plan?": "skip",
    "Are we off the hook for the section 140 plan?": "skip",
    "Has the duty to report fallen away?": "skip",
    "Is the plan under section 50 gone?": "skip",
    "Can we take a citizen out of the right and duty offers?": "skip",
    "Are we let off the preparatory part?": "skip",
    "Is Min Plan optional now?": "skip",
    "Has the young person's plan become optional?": "skip",
    "Can we get away with one plan?": "skip",
    "May we scrap the mentor contract?": "skip",
    "May we stop as well with the registering?": "skip",
    "Can we swap the right and duty offers for help under the Social Services Act?": "skip",
    "Må vi gå bort fra de faste samtaler?": "skip",
    "Kan vi skære rehabiliteringsplanen væk?": "skip",
    "Må vi vente med uddannelsespålægget?": "skip",
    "Kan vi komme uden om fremmødet?": "skip",
    "Slipper jeg for at lave to planer?": "skip",
    "Er vi ude over kravet om Min Plan?": "skip",
    "Kan vi være indberetningen foruden?": "skip",
    "Er det ok at udelade opfølgningen?": "skip",
    "Er det frivilligt om vi vil lave spørgeskemaerne?": "skip",
    "Er det frivilligt at registrere?": "skip",
    "Er spørgeskemaerne frivillige?": "skip",
    "Er det valgfrit at bruge skabelonen?": "skip",
    "Is it voluntary to fill in the questionnaires?": "skip",
    "Is the template optional?": "skip",
    "Kan vi selv bestemme om vi vil indberette?": "skip",
    "Står det os frit for at droppe Min Plan?": "skip",
    "Er det nok at lave indsatsdelen?": "skip",
    "Rækker det at lave én plan?": "skip",
    "Er én plan nok?": "skip",
    "Is one plan enough?": "skip",
    "Is it enough to make the joint plan?": "skip",
    "Does a single plan suffice?": "skip",
    "Er vi bundet af skabelonen?": "must",
    "Er vi bundet af de faste intervaller for samtaler?": "must",
    "Are we bound by the template?": "must",
    "Are we tied to the fixed intervals?": "must",
    "Er vi tvunget til at bruge skabelonen?": "must",
    "Er det påkrævet at registrere?": "must",
    "Er skabelonen obligatorisk?": "must",
    "Is the template mandatory?": "must",
    "Is reporting compulsory?": "must",
    "Er det et krav at vi bruger skabelonen?": "must",
    "Er mentorkontrakten stadig nødvendig?": "must",
    "Kræves der en særskilt mentorkontrakt?": "must",
    "Is a separate contract required?": "must",
    "Er jeg også nødt til at udfylde Min Plan ved siden af?": "must",
    "Does the municipality still need to register?": "must",
    "Is the preparatory part still something the municipality must do?": "must",
    "Er kommunen stadig pålagt at indberette?": "must",
    "Består pligten til at registrere?": "must",
    "Påhviler det stadig kommunen at indberette?": "must",
    "Er registreringen noget vi skal?": "must",
    "Gælder kravet om et job- eller beskæftigelsesperspektiv også hos os?": "must",
    "Have we got to register?": "must",
    "Er Min Plan et must?": "must",
    "Er det tilladt at bruge behandling som led i indsatsen?": "may",
    "Er det lovligt at samle planerne?": "may",
    "Er det i orden at skrive mentoraftalen ind i planen?": "may",
    "Er der noget i vejen for at socialpsykiatrien tager jobdelen?": "may",
    "Is it okay to merge the plans?": "may",
    "Is it permitted to merge the plans?": "may",
    "Are we authorised to merge the plans?": "may",
    "Har vi lov at samle planerne?": "may",
    "Har jeg fået lov til at bevilge mere?": "may",
    "har jeg faaet lov til selv at bevillige mere end foer?": "may",
    "Ville det være ok at samle planerne?": "may",
    "Er der hjemmel til at samle de to afgørelser?": "may",
    "Har vi dermed hjemmel til at samle støtten i én afgørelse?": "may",
    "Går det an at samle planerne?": "may",
    "Duer det at skrive planerne sammen?": "may",
    "Has the coordinating caseworker been given wider power?": "may",
    "Har den koordinerende sagsbehandler fået udvidet sin kompetence?": "may",
    "Må det være den samme medarbejder der giver støtten?": "may",
    "Kan familieafdelingen få lov at træffe beslutningerne?": "may",
    "Jeg vil høfligst spørge, om vi må samle planerne?": "may",
    "Jeg vil gerne vide, om vi skal registrere.": "must",
    "Jeg er i tvivl om, hvorvidt vi er fritaget for SEL § 54.": "skip",
    "Vil du være sød at sige mig, om vi slipper for Min Plan?": "skip",
    "Kan I hjælpe mig med, om vi må droppe samtalerne?": "skip",
    "Hurtigt spørgsmål: er vi fritaget for SEL § 54?": "skip",
    "Ring til mig, hvis du er i tvivl: er vi fritaget for SEL § 54, når borgeren har én plan?": "skip",
    "I was wondering whether we may skip the preparatory part.": "skip",
    "I would like to know if we still have to register.": "must",
    "Please tell me whether the template is mandatory.": "must",
    "Can you confirm that we may stop registering?": "skip",
    "Quick one: do we still have to register?": "must",
    "Jeg spørger lige for en kollega: skal vi registrere?": "must",
    "Undskyld jeg forstyrrer, men må vi droppe Min Plan?": "skip",
    "Sig mig lige: kan vi droppe Min Plan?": "skip",
    "Hjælp! Skal vi stadig lave Min Plan?": "must",
    "Må jeg spørge, om vi skal registrere?": "must",
    "Mon vi må droppe Min Plan?": "skip",
    "Gad vide om vi skal registrere?": "must",
    "Hvad siger reglerne, må vi droppe Min Plan?": "skip",
    "Hvordan er det nu, skal vi stadig registrere?": "must",
    "Hvordan er det, er vi fritaget for SEL § 54?": "skip",
    "Vi skal stadig registrere, ikke?": "must",
    "Vi skal stadig registrere, ikke også?": "must",
    "Vi skal vel stadig registrere?": "must",
    "Vi er da fritaget for Min Plan, ikke sandt?": "skip",
    "The network still has to do its own evaluation, right?": "must",
    "We must report, mustn't we?": "must",
    "We may skip Min Plan, correct?": "skip",
    "Vi må godt droppe Min Plan, vel?": "skip",
    "Kommunen har pligt til at evaluere selv, eller hvad?": "must",
    "We are exempt from section 54, aren't we?": "skip",
    "Vi må samle planerne, ik?": "may",
    "VIVE published in 2019, right?": "whether",
    "Regeringen sagde ja til alle fire ansøgninger, ikke?": "whether",
    "Der er ti kommuner i netværket, vel?": "whether",
    "Listens paragraffer henviser vel til den nye LAB?": "whether",
    "There are ten municipalities, isn't that so?": "whether",
    "Sandt eller falsk: Furesøs forløb er for folk på sygedagpenge": "whether",
    "True or false: Halsnæs finished 12 young people?": "whether",
    "SEL § 70 – fritaget eller ej?": "skip",
    "SEL 70 – fritaget el. ej?": "skip",
    "Fritaget for LAS § 50: ja eller nej?": "skip",
    "Registrering - krav eller ej?": "must",
    "Min Plan: skal vi eller skal vi ikke?": "must",
    "Section 54 - exempt or not?": "skip",
    "Mentorkontrakt obligatorisk, ja/nej?": "must",
    "13b stk 1 sygedagp. - omfattet af fravigelsen?": "skip",
    "LAB § 29 - med i fritagelsen?": "skip",
    "BAB 52, undtaget?": "skip",
    "Er det forkert, at vi ikke længere behøver registrere?": "must",
    "Er det forbudt at droppe registreringen?": "must",
    "Er det forkert, at vi stadig skal registrere?": "skip",
    "Er det rigtigt, at vi ikke er fritaget for at indberette?": "must",
    "Er det forkert, at vi ikke er fritaget for at indberette?": "skip",
    "Er vi ikke fritaget for Min Plan?": "skip",
    "Is it true that we are not exempt from reporting?": "must",
    "Skal vi ikke stadig registrere?": "must",
    "Don't we still have to register?": "must",
    "Vi skal vel ikke længere registrere?": "skip",
    "mand 51, ondt i ryggen. slipper vi for at lave forberedende del når han har en plan hos os?": "skip",
    "sygemeldt 45, kat 3. behoever hendes forloeb staa i den faelles plan?": "must",
    "borger 55, hader ordet job. skal opfølgningen stadig handle om job?": "must",
    "LAS § 50 slipper vi for den når der er en fælles plan": "skip",
    "LAB 86, er vi også fri for den ligesom 85?": "skip",
    "skal alt fra de gamle planer med over i den nye? det bliver 14 sider": "must",
    "koordinerende sagsbehandler her. har jeg lov til at bevilge mere?": "may",
    "Young man 19 in Hillerød, can his caseworker grant help under both laws?": "may",
    "guy 24, in long rehab. ok to skip the education order?": "skip",
    "kvinde 49 ledighedsydelse, jeg når højst 2 samtaler. går den?": "may",
    "er 92 til 96c i LAB nogle vi kan fravige?": "skip",
    "§107 botilbud, skal vi stadig lave den indstilling eller er vi fritaget": "must",
    "min kollega siger at vi er fri for at indberette. passer det??": "skip",
    "A colleague claims that the plan has become optional. Is she right?": "skip",
    "Colleague says the whole plan is gone. True?": "skip",
    "Lederen mener vi skal registrere. Har han ret?": "must",
    "Juristen siger at vi må droppe planen. Stemmer det?": "skip",
    "Once I have exempted a client from ret og pligt, is that for good?": "skip",
    "Hvem er det, der fastlægger indholdet i planen?": "who",
    "Borgeren vil selv bestemme, hvad der skal stå i planen. Hvem er det, der fastlægger indholdet?": "who",
    "Hvilke planer slipper vi for?": "list",
    "Giv mig hele rækken af planparagraffer vi er fritaget for.": "list",
    "Giv mig en oversigt over de paragraffer, vi slipper for.": "list",
    "List the plans we are exempt from.": "list",
    "Skriv alle kommunerne i netværket op.": "list",
    "Vis mig samtlige mål for netværket.": "list",
    "Nævn de fire byggesten.": "list",
    "Give me the full list of plans.": "list",
    "Navnene på de borgmestre der stod bag brevet, tak": "list",
    "Under hvilke betingelser må vi droppe mentorkontrakten?": "condition",
    "Hvad kræves der for at samle planerne?": "condition",
    "Hvorfor må vi ikke droppe den forberedende del?": "why",
    "Hvornår må vi droppe uddannelsespålægget?": "condition",
    "Hvem skal skrive planen?": "who",
    "Hvor mange borgere skal deltage?": "how_many",
    "Hvilket punktum i § 6 kan vi fravige?": "fact",
    "Hvad må vi ikke glemme?": "fact",
    "What do we still have to do no matter what?": "fact",
    "hvor tit skal vi mødes om planen?": "how_many",
    "Hillerød, mand 39 ressourceforløb. hvor tit skal vi mødes om planen?": "how_many",
    "Til quizzen: hvor mange borgere har kommunerne tilsammen?": "how_many",
    "Jeg skal lave et slide: hvilke planer er på listen?": "list",
    "barnets plan skal være for sig. hvorfor egentlig? skal forklare det for en sur far": "why",
    "hvem af os skal sidde med planen, mig eller jobkonsulenten?": "who",
    "Hvad er en plankoordinator, og hvad må sådan en selv bestemme?": "definition",
    "Er Gribskov med i netværket?": "whether",
    "Deltager Furesø i netværket?": "whether",
    "Er de i målgruppen for familieindsatsen?": "whether",
    "Dækker staten udgifterne til forsøget?": "whether",
    "Gælder loven stadig?": "whether",
    "Blev forsøget evalueret af VIVE?": "whether",
    "Did Act no. 2598 prolong our trial?": "whether",
    "Our municipality launched its trial on 15 November 2018. Were we in time?": "whether",
    "Fraviges §§ 35 og 36 i LAB?": "skip",
    "Ville det være ok hvis en kommune først startede i november 2018?": "may",
    "has nogen lovet at hjælpe med det?": "whether",
    "jeg taster det samme to steder. har nogen lovet at hjælpe?": "whether",
    "Hvad er vi udtrykkeligt ikke fritaget for?": "fact",
    "Hvor står garantien?": "where",
    "Hvad sagde ministeriet ja til?": "fact",
}


def _reading(question: Question) -> str:
    if not question.deontic:
        return question.form
    return "must" if question.asks_duty else {"skip": "skip", "do": "may", "refusal": "refused"}[question.act]


@pytest.mark.parametrize("question", ASKED)
def test_a_question_is_read_for_what_it_asks_however_it_is_put(question: str) -> None:
    assert _reading(understood(question)) == ASKED[question]


def test_in_everyday_writing_a_sentence_may_begin_small() -> None:
    text = "mand 51, kat 3. skal han til lægen? han er træt. 3. gang nu"
    found = [text[span.start : span.end] for span in sentences(text, everyday=True)]
    assert found == ["mand 51, kat 3.", "skal han til lægen?", "han er træt.", "3. gang nu"]


def test_only_the_sentence_that_asks_is_asked() -> None:
    found = parted("dreng 14 år, træt af skolen. må vi droppe planen? mor er træt af papirer")
    assert found == ("må vi droppe planen?", "dreng 14 år, træt af skolen. mor er træt af papirer")


def test_a_second_question_that_goes_on_with_the_first_is_one_with_it() -> None:
    assert parted("Er vi fritaget for SEL § 54? Og § 70?").rest == ""


def test_a_claim_and_a_bare_question_if_it_holds_are_asked_together() -> None:
    found = clause_of("Lederen mener, at vi skal registrere. Har han ret?")
    assert found.polar
    assert found.judged
    assert not found.denied


# What stands before the clause that asks -> how the clause begins
FRONTED = {
    "Når planen er lavet, skal oplysningerne så stå i den?": "skal",
    "For at komme med, skulle et forsøg så være startet inden maj?": "skulle",
    "Ifølge listen fra 2018, er § 13 b så fraveget?": "er",
    "Når afgørelsen findes på barnets sag, hvem må så klage over den?": "hvem",
    "I sager, hvor borgeren er syg, skal vi så følge op?": "skal",
    "When the citizen has one plan, are we exempt from the other ones?": "are",
    "Over the trial period, how many families will join?": "how",
    "If we write the contract into the plan, what are the requirements?": "what",
}


@pytest.mark.parametrize(("text", "begins"), FRONTED.items())
def test_what_stands_before_the_clause_that_asks_is_not_it(text: str, begins: str) -> None:
    assert clause_of(text).text.split()[0] == begins


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Kan du nævne de paragraffer, vi er fri for at lave planer efter?", "list"),
        ("Over the trial period, how many families will join?", "how_many"),
        ("hvofor fik netværket nej?", "why"),
    ],
)
def test_the_form_is_that_of_the_clause_that_asks(text: str, form: str) -> None:
    assert understood(text).form == form


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Er LAB § 16, stk. 3, fraveget?", "may"),
        ("Gælder der en fritagelse for os fra kravet om fremmøde?", "may"),
        ("Blev netværkets ansøgning om udvidede muligheder for optag på uddannelsen imødekommet?", "may"),
        ("Kan jeg regne med, at vi er fritaget for planen?", "may"),
        ("Er det en pligt for kommunen at tage stilling til det?", "must"),
        ("Binder listen os til et bestemt antal møder?", "must"),
    ],
)
def test_a_rule_is_asked_about_in_many_ways(text: str, mode: str) -> None:
    assert (understood(text).form, understood(text).mode) == ("permission", mode)
