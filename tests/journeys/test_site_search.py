"""Finding something on the public site: by characters, by sound, with a slip, narrowed, by keyboard, on a phone."""

from playwright.sync_api import expect


def searches(visitor, words):
    """Type into the box at the top and press its button."""
    top = visitor.page.get_by_role("banner").get_by_role("search")
    top.locator("input").fill(words)
    return visitor.press("搜索", top).stands_on("站内搜索")


def test_a_resident_finds_what_he_types_and_puts_a_slip_right(visit):
    resident = visit("portal")
    searches(resident, "冬修").sees("石桥镇抓紧").picture("portal-search")
    expect(resident.main.locator("mark").first).to_have_text("冬修")
    searches(resident, "东修").sees("您是不是要找").look()
    resident.follow("冬修").sees("石桥镇抓紧")
    searches(resident, "没有这样的词").sees("少写几个字").look()


def test_the_keyboard_takes_a_title_that_is_offered(visit):
    resident = visit("portal")
    box = resident.page.get_by_role("combobox")
    resident.tab_to(box).page.keyboard.type("sqzzj")  # first letters of 石桥镇抓紧
    offered = resident.page.get_by_role("option").first
    expect(offered).to_have_text("石桥镇抓紧冬修水利清淤渠道")
    resident.page.keyboard.press("ArrowDown")
    expect(offered).to_have_attribute("aria-selected", "true")
    resident.look().page.keyboard.press("Enter")
    resident.stands_on("站内搜索").follow("石桥镇抓紧冬修水利清淤渠道").stands_on("石桥镇抓紧冬修水利清淤渠道")


def test_on_a_phone_policies_are_found_by_number_and_validity(visit):
    resident = visit("portal", width=390)
    searches(resident, "通知").follow("政策文件").sees("云政发〔2026〕18号")
    resident.write("发文字号", "2026 41").choose("有效性", "现行有效").press("按条件查找")
    resident.sees("云政办发〔2026〕41号").misses("云政发〔2026〕18号").picture("portal-search-policy")
    expect(resident.field("发文字号")).to_have_value("2026 41")
    resident.follow("清除条件").sees("找到")
