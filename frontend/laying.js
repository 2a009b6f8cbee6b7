// A chosen file goes up at once and is laid ready. What comes back is the row to show, or why it was not taken.
export async function lay(file, { address, key, token, failed }) {
  const data = new FormData();
  data.append("file", file);
  data.append("key", key);
  try {
    const answer = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token }, redirect: "error" });
    const text = await answer.text();
    if (answer.status === 422) return { why: text };
    if (!answer.ok) throw new Error(String(answer.status));
    return { row: text };
  } catch {
    return { why: `${file.name}：${failed}` };
  }
}
