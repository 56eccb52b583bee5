// Two browsers in the same moment: one outcome, and whoever came second sees how things stand.
import { enter, openOffer, signIn, signer } from "../firm/doors.js";
import { fill, form, send } from "../firm/forms.js";
import { act, find } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { expect, oneHouse, test } from "../test.js";

const house = oneHouse(House.furnished);

test("a candidate accepts while the firm takes the offer back", async ({ come }) => {
  const { candidate, number } = await openOffer(come, house());
  const [recruiter, hrbp, legal] = [await come(house()), await come(house()), await come(house())];
  await signIn(recruiter, house(), "Grace");
  await signIn(hrbp, house(), "Isaac");
  await signIn(legal, house(), "Kenji");
  const offer = await find(recruiter, number);
  await act(recruiter, offer, "offers/ask-rescission", { reason: "the budget is gone" });
  await act(hrbp, offer, "offers/agree-rescission");
  await legal.goto(offer);
  await candidate.goto("/o/offer/accept");
  await fill(form(candidate, "candidate/accept"), { consent: "yes", typed_name: await signer(candidate) });

  await Promise.all([send(candidate, form(candidate, "candidate/accept")), send(legal, form(legal, "offers/agree-rescission"))]);

  await recruiter.goto(offer);
  await expect(recruiter.getByRole("main"), "what everybody agreed to holds").toContainText("The offer was ended after it was sent.");
  const wasTold = await candidate.getByRole("heading", { level: 1 }).innerText();
  const isWritten = (await recruiter.getByText("Signed the letter of version 1").count()) > 0;
  // a signature that was taken may have been overtaken by the end of the offer before the page behind it was made
  expect(wasTold !== "You accepted this offer" || isWritten, "nobody is told of a signature that is not written").toBe(true);
  await candidate.goto("/o/offer");
  await expect(candidate.getByRole("heading", { level: 1 })).not.toHaveText("You accepted this offer");
  await expect(form(candidate, "candidate/accept")).toHaveCount(0);
});

test("a candidate accepts in one browser and declines in the other", async ({ come }) => {
  const { candidate: accepts, number, email, invitation } = await openOffer(come, house());
  const [declines, recruiter] = [await come(house()), await come(house())];
  await enter(declines, house(), email, invitation);
  await signIn(recruiter, house(), "Grace");
  const offer = await find(recruiter, number);
  await accepts.goto("/o/offer/accept");
  await fill(form(accepts, "candidate/accept"), { consent: "yes", typed_name: await signer(accepts) });
  await declines.goto("/o/offer/decline");
  await fill(form(declines, "candidate/decline"), { primary: "counter_offer" });

  await Promise.all([send(accepts, form(accepts, "candidate/accept")), send(declines, form(declines, "candidate/decline"))]);

  const told = await Promise.all([accepts, declines].map((page) => page.getByRole("heading", { level: 1 }).innerText()));
  expect(["You accepted this offer", "You declined this offer"], "one outcome, and both browsers show it").toContain(told[0]);
  expect(told[1]).toBe(told[0]);
  await recruiter.goto(offer);
  const sentence = told[0] === "You accepted this offer" ? "The candidate has signed." : "The candidate said no.";
  await expect(recruiter.getByRole("main")).toContainText(sentence);
});
