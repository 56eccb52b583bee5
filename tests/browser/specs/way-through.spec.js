// The whole way of an offer: refused and corrected, approved, sent, signed, handed over, started.
import { enter, join, signInAgain } from "../firm/doors.js";
import { fill, form, press, send, sendAsItStands } from "../firm/forms.js";
import { act, begin, fillIntake, giveReasons } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { linkTo, links } from "../firm/mail.js";
import { expect, oneHouse, test } from "../test.js";

const RECRUITER = "ava.nguyen@harborpine.example";
const OPS = "nina.kowalski@harborpine.example";
const HR_OPS = "julia.mendes@harborpine.example";
const CLIENT = "priya.raman@acmemed.example";
const MARIA = "maria@example.com";
const HAND_OFFS = {
  hr_ops: HR_OPS,
  it: "lena.fischer@harborpine.example",
  payroll: "miguel.torres@harborpine.example",
  billing: OPS,
  client_confirmation: "dana.okafor@harborpine.example",
};

/** After a refusal the focus is on the summary of the problems, or, where the browser refuses, on the box itself. */
const WHERE_IT_SAYS_WHY = "#problems:focus, [aria-invalid=true]:focus";

const house = oneHouse(House.imported);

test("an offer goes from a blank intake to the first day, refused and corrected on the way", async ({ come }) => {
  const joined = async (/** @type {string} */ email) => {
    const page = await come(house());
    await join(page, house(), email);
    return page;
  };
  const ava = await joined(RECRUITER);

  await test.step("an intake is refused with what was typed, and corrected", async () => {
    await act(ava, "/offers/new", "offers/begin", { engagement: "temp", email: MARIA });
    await expect(ava.locator("#problems")).toBeFocused();
    await expect(form(ava, "offers/begin").locator("[name=email]")).toHaveValue(MARIA);
  });
  const offer = await begin(ava, { engagement: "temp", name: "Maria Silva", email: MARIA });

  await test.step("what does not read is kept as typed, and stops the submission", async () => {
    await ava.goto(`${offer}/intake/pay`);
    await fill(form(ava, "offers/save"), { "fields[pay.base]": "62,5O" });
    await press(ava, form(ava, "offers/save"));
    await expect(form(ava, "offers/save").locator('[name="fields[pay.base]"]')).toHaveAccessibleDescription(/Write an amount in dollars/);
    await expect(ava, "nobody is led away from it").toHaveURL(/\/intake\/pay/);
    await ava.goto(`${offer}/intake/pay`);
    await expect(ava.getByRole("main")).toContainText("Write an amount in dollars");
    await expect(form(ava, "offers/save").locator('[name="fields[pay.base]"]')).toHaveValue("62,5O");
    await ava.goto(`${offer}/review`);
    await expect(ava.locator(".problem-summary").first()).toBeVisible();
  });

  await test.step("a whole intake is submitted with a reason for each exception", async () => {
    const answers = { client: "ACME-MED", "pay.base": "62.50" };
    const people = { "client.contact": "Priya Raman", "job.recruiter": "Ava Nguyen", "job.account_manager": "Dana Okafor" };
    await choosePeople(ava, offer, answers, people);
    await ava.goto(`${offer}/review`);
    await expect(ava.getByRole("main")).toContainText('The client requires the clause "Patient privacy"');
    await fillIntake(ava, offer, { "words.attachments": "Immunization record form" }, ["words.clauses;HIPAA", "words.clauses;FLOAT-POLICY"]);
    await giveReasons(form(ava, "offers/submit"), "as agreed");
    await send(ava, form(ava, "offers/submit"));
    await expect(ava.getByRole("main")).toContainText("This offer is with its approvers.");
  });

  await test.step("operations ask, are answered and approve; then the client approves", async () => {
    const nina = await joined(OPS);
    await act(nina, offer, "offers/return", { question: "Is the night shift paid more?" });
    await act(ava, offer, "offers/answer-step", { answer: "No, all in." });
    await act(nina, offer, "offers/approve", { comment: "checked" });
    const priya = await come(house());
    const mail = await house().mail.next(CLIENT, "/c/i/");
    await enter(priya, house(), CLIENT, linkTo(mail, "/c/"));
    await priya.locator('a[href^="/c/offers/"]').first().click();
    await expect(priya.getByText("$62.50"), "a client never sees the pay").toHaveCount(0);
    await send(priya, form(priya, "client/approve"));
    await ava.goto(offer);
    await expect(ava.getByRole("main")).toContainText("Everyone has approved.");
  });

  await test.step("the letter goes out, after a deadline in the past was refused", async () => {
    const deadline = { accept_by: "2026-11-01T17:00", zone: "America/Los_Angeles" };
    await act(ava, `${offer}/letter`, "offers/send", deadline);
    await expect(form(ava, "offers/send").locator("[name=accept_by]")).toHaveValue(deadline.accept_by);
    await act(ava, `${offer}/letter`, "offers/send", { ...deadline, accept_by: "2026-11-20T17:00" });
  });

  const maria = await come(house());
  await test.step("the candidate comes with a code, asks, and is answered", async () => {
    const mail = await house().mail.next(MARIA, "/o/i/");
    await maria.goto(house().path(links(mail)[0]));
    await expect(maria.getByText("62.50"), "the link alone shows nothing").toHaveCount(0);
    await enter(maria, house(), MARIA, links(mail)[0]);
    await expect(maria.getByRole("main")).toContainText("$62.50");
    await act(maria, "/o/offer/ask", "candidate/ask", { text: "Is parking free?" });
    await act(ava, offer, "offers/answer-question", { text: "Yes, deck B." });
    await maria.goto("/o/offer");
    await expect(maria.getByRole("main")).toContainText("Yes, deck B.");
  });

  await test.step("the candidate signs, after an unticked box was refused", async () => {
    await maria.goto("/o/offer/accept");
    const signing = form(maria, "candidate/accept");
    await fill(signing, { typed_name: "Maria Silva" });
    await sendAsItStands(maria, signing);
    await expect(maria.locator(WHERE_IT_SAYS_WHY)).toHaveCount(1);
    await expect(signing.locator("[name=typed_name]")).toHaveValue("Maria Silva");
    await fill(signing, { consent: "yes" });
    await send(maria, signing);
    await expect(maria.getByRole("heading", { level: 1 })).toHaveText("You accepted this offer");
  });

  await test.step("conditions are met, everyone takes over, and the person starts", async () => {
    await ava.goto(offer);
    while ((await form(ava, "offers/resolve").count()) > 0) {
      await act(ava, offer, "offers/resolve", { state: "cleared", evidence: "report of the agency, on file" });
    }
    const julia = await joined(HR_OPS);
    await act(julia, offer, "offers/confirm-start");
    for (const [recipient, email] of Object.entries(HAND_OFFS)) {
      const taker = await come(house());
      await (email === OPS || email === HR_OPS ? signInAgain(taker, email) : join(taker, house(), email));
      await act(taker, `${offer}/hand-off/${recipient}`, "offers/acknowledge", { reference: "HP-4711" });
    }
    await ava.goto(offer);
    await expect(ava.getByRole("main")).toContainText("Everyone has what they need for the first day.");
    house().setClock("2027-01-11T18:00:00Z");
    await signInAgain(ava, RECRUITER);
    await act(ava, offer, "offers/start", { day: "2027-01-11" });
    await expect(ava.getByRole("main")).toContainText("The person has started.");
  });
});

/**
 * Goes through the intake with people chosen by name: whoever fills it in knows no ids.
 * @param {import("../test.js").Page} page
 * @param {string} offer
 * @param {Record<string, string>} answers
 * @param {Record<string, string>} people
 */
async function choosePeople(page, offer, answers, people) {
  await page.goto(`${offer}/intake`);
  const sections = await page.locator(`a[href^="${offer}/intake/"]`).evaluateAll((ways) => ways.map((way) => way.getAttribute("href") ?? ""));
  for (const section of sections) {
    await page.goto(section);
    for (const [field, name] of Object.entries(people)) {
      const box = page.locator(`select[name="fields[${field}]"]`);
      if ((await box.count()) > 0) {
        const id = await box.locator("option", { hasText: name }).first().getAttribute("value");
        answers[field] = id ?? "";
      }
    }
  }
  await fillIntake(page, offer, answers);
}
