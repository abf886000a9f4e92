// The few emoji names that messages here use; any other :name: stays as typed.

const TABLE = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", tada: "🎉", wave: "👋", eyes: "👀", bulb: "💡",
  warning: "⚠️", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", no_entry: "⛔", question: "❓", exclamation: "❗",
  information_source: "ℹ️", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", point_right: "👉",
  memo: "📝", pencil2: "✏️", bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉",
  dart: "🎯", rocket: "🚀", gear: "⚙️", wrench: "🔧", lock: "🔒", key: "🔑", link: "🔗", books: "📚", book: "📖",
  calendar: "📅", date: "📅", bell: "🔔", hourglass: "⌛", hourglass_flowing_sand: "⏳", clock1: "🕐", stopwatch: "⏱️",
  smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", heart: "❤️", star: "⭐", sparkles: "✨", fire: "🔥",
  robot_face: "🤖", speech_balloon: "💬", ballot_box_with_ballot: "🗳️", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", white_circle: "⚪", large_blue_circle: "🔵",
};

/** The character for a name, or undefined. */
export const emoji = (name) => (Object.hasOwn(TABLE, name) ? TABLE[name] : undefined);

/** Text with every known :name: replaced. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);
