// Which news goes which way, hours in which nothing rings, and one mail a day instead of many.
import { announce, h } from "./dom.js";
import { check, field, form, group, select } from "./forms.js";
import { query } from "./graph.js";
import { NEWS_CHOICES, SET_NEWS_CHOICES } from "./news_operations.js";
import { sendOperation } from "./sending.js";
import { t } from "./texts.js";

const HOURS = [...Array(24).keys()].map((hour) => `${String(hour).padStart(2, "0")}:00`);
const QUARTERS = HOURS.flatMap((hour) => ["00", "15", "30", "45"].map((minute) => `${hour.slice(0, 2)}:${minute}`));

/** The section; nothing where there is nothing to choose. */
export async function choicesSection() {
  const { notificationPreferences: chosen } = await query(NEWS_CHOICES);
  if (!chosen) return null;
  const place = h("details", { class: "fold", id: "news-choices" }, h("summary", {}, t("news.choices")));
  draw(place, chosen);
  return h("section", { "aria-labelledby": "choices-heading" }, h("h2", { id: "choices-heading" }, t("news.ways")), place);
}

function draw(place, chosen) {
  const send = (element) => sendOperation(element, SET_NEWS_CHOICES, wanted(element, chosen), (saved) => {
    place.querySelector("form").remove();
    draw(place, saved);
    place.querySelector("summary").focus();
    announce(t("team.saved"));
  });
  place.append(form({}, send,
    ...chosen.topics.map(topicGroup),
    group("quietHours", t("news.quiet"), t("news.quiet_hint"), h("div", { class: "row" },
      field(select("quietFrom", times(QUARTERS), clock(chosen.quietFrom)), t("appointments.from")),
      field(select("quietUntil", times(QUARTERS), clock(chosen.quietUntil)), t("appointments.until")))),
    field(select("digestHour", [["", t("news.each")], ...HOURS.map((time, hour) => [hour, time])], chosen.digestHour ?? ""), t("news.digest"), { hint: t("news.digest_hint") }),
    h("div", { class: "form-end" }, h("button", {}, t("desk.save")))));
}

function topicGroup({ topic, topicLabel, choices, kinds }) {
  const single = kinds.length > 1 && h("details", { class: "fold" }, h("summary", {}, t("news.kinds", { topic: topicLabel })),
    h("p", { class: "hint" }, t("news.kinds_hint")),
    ...kinds.map(({ kind, title, choices: ways }) => group(`choices ${kind}`, title, null, ...checks(`kind ${kind}`, ways))));
  const all = group(`choices ${topic}`, topicLabel, null, ...checks(topic, choices), ...(single ? [single] : []));
  for (const { channel } of choices) {
    box(all, topic, channel).addEventListener("change", ({ target: { checked } }) => {
      for (const { kind } of single ? kinds : []) box(all, `kind ${kind}`, channel).checked = checked;
    });
  }
  return all;
}

function box(place, name, channel) {
  return place.querySelector(`[name="${name} ${channel}"]`);
}

function checks(name, ways) {
  return ways.map(({ channel, channelLabel, enabled, changeable }) => {
    const line = check(`${name} ${channel}`, changeable ? channelLabel : t("news.always", { channel: channelLabel }), enabled);
    line.querySelector("input").disabled = !changeable;
    return line;
  });
}

/**
 * What is different from before; without both ends there are no quiet hours.
 *
 * A topic that changes takes its kinds along, so each of them is said as it stands in the form.
 */
function wanted(element, { topics }) {
  const value = (name) => element.querySelector(`[name="${name}"]`).value;
  const choices = topics.flatMap(({ topic, choices: ways }) => ways
    .filter(({ channel, enabled }) => box(element, topic, channel).checked !== enabled)
    .map(({ channel, enabled }) => ({ topic, channel, enabled: !enabled })));
  const kindChoices = topics.flatMap(({ topic, kinds }) => kinds.flatMap(({ kind, choices: ways }) => ways.flatMap(({ channel, enabled: before }) => {
    const changed = choices.find((each) => each.topic === topic && each.channel === channel);
    const enabled = box(element, `kind ${kind}`, channel)?.checked ?? changed?.enabled ?? before;
    return changed || enabled !== before ? [{ kind, channel, enabled }] : [];
  })));
  const [start, end] = [value("quietFrom"), value("quietUntil")];
  return { choices, kindChoices, quietHours: start && end ? { start, end } : null, digestHour: value("digestHour") === "" ? null : Number(value("digestHour")) };
}

function times(list) {
  return [["", t("news.no_time")], ...list.map((time) => [time, time])];
}

function clock(time) {
  return time?.slice(0, 5) ?? "";
}
