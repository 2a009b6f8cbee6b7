"""What is covered is gone: from the text, from the bytes, from the picture; and a file that still holds it does not go."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zhengtong.business.disclosure import actions, redacting
from zhengtong.business.disclosure.models import Attachment, Redaction
from zhengtong.business.disclosure.rules import redaction as rules
from zhengtong.foundation import clock
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.refusal import Refused
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper, Para

from .test_actions import text_of, unchanged

AT = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)
SECRET = "赵晓棠身份证号530899196801155237"
OTHER = "本方案自印发之日起施行"
LINES = ("一是加强领导，落实责任。", f"补助对象为{SECRET}，由乡镇发放到户，" * 6, OTHER)


def pdf(*lines):
    return press.notice(Paper(issuer_mark="云岭县文件", title="关于补助的通知", body=tuple(Para(line) for line in lines)), AT).pdf


@pytest.fixture(scope="module")
def original():
    return pdf(*LINES)


def test_a_passage_is_found_wherever_it_stands_also_across_lines(original):
    boxes = redacting.find(original, SECRET)
    assert len(boxes) >= 6 and len({round(box.top, 3) for box in boxes}) > 3  # some of them on two lines
    assert redacting.find(original, "没有这句话") == []


def test_what_is_covered_is_in_no_layer_of_the_new_file(original):
    assert redacting.surviving(original, [SECRET, OTHER]) == [SECRET, OTHER]
    boxes = redacting.find(original, SECRET)
    made = redacting.covered(original, boxes, AT)
    assert redacting.surviving(made, [SECRET, "530899196801155237"]) == []
    assert redacting.text_of(made) == "" and redacting.foreign(made) == [] and redacting.uncovered(made, boxes) == []
    assert redacting.pages_of(made) == redacting.pages_of(original)


def test_the_proof_sees_an_area_that_is_not_black_and_a_file_that_is_more_than_drawings(original):
    boxes = redacting.find(original, SECRET)
    assert redacting.uncovered(redacting.covered(original, [], AT), boxes) != []
    assert "/Font" in redacting.foreign(original) and "/Metadata" in redacting.foreign(original)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "utf-16-le", "gb18030"])
def test_the_search_sees_bytes_in_every_encoding_and_packed_ones(encoding):
    words = SECRET.encode(encoding)
    assert redacting.surviving(b"xx" + words, [SECRET]) == redacting.surviving(b"<" + words.hex().encode() + b">", [SECRET]) == [SECRET]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.xml", f"<t>{SECRET[:5]}</t><t>{SECRET[5:]}</t>".encode() if encoding == "utf-8" else words)
    assert redacting.surviving(out.getvalue(), [SECRET]) == [SECRET]
    assert redacting.surviving(b"nothing", [SECRET]) == []


letters = st.text(st.sampled_from("云岭县政府公开信息条例资金分配方案甲乙丙丁"), min_size=2, max_size=8)


@settings(max_examples=12, deadline=None)
@given(before=letters, secret=st.text(st.sampled_from("赵钱孙李周吴郑王0123456789X"), min_size=2, max_size=18), after=letters)
def test_whatever_is_marked_is_gone_and_the_page_stays(before, secret, after):
    source = pdf(before + secret + after, secret, before)
    boxes = redacting.find(source, secret)
    assert boxes
    made = redacting.covered(source, boxes, AT)
    assert redacting.surviving(made, [secret] if len(secret) > 3 else []) == []  # two bytes may stand in any picture by chance
    assert redacting.text_of(made) == "" and redacting.uncovered(made, boxes) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("甲乙 \n丙0"), max_size=60), st.text(st.sampled_from("甲乙丙0"), min_size=2, max_size=5))
def test_a_plain_text_loses_exactly_what_was_marked(text, secret):
    out, counts = redacting.rewritten(text, [secret])
    assert secret not in redacting.condensed(out)
    assert counts[secret] or out == text
    assert len(redacting.condensed(out)) == len(redacting.condensed(text))


@pytest.mark.parametrize(
    ("mark", "good"),
    [
        ({"passage": "张三", "ground": "third_party"}, True),
        ({"passage": "张", "ground": "third_party"}, False),
        ({"passage": "张三", "ground": "because"}, False),
        ({"passage": "已标 过", "ground": "third_party"}, False),
        ({"page": 1, "box": [0.1, 0.1, 0.2, 0.2], "ground": "secret"}, True),
        ({"page": 1, "box": [0.2, 0.1, 0.2, 0.2], "ground": "secret"}, False),
        ({"page": 1, "box": [0.1, 0.1, 1.2, 0.2], "ground": "secret"}, False),
    ],
)
def test_what_a_mark_must_be(mark, good):
    assert (rules.mark_objection(mark, [{"passage": "已标过", "ground": "secret"}]) is None) is good


@pytest.fixture
def redaction(cast, register, original):
    return actions.begin_redaction(register().number, cast.clerk, "通知.pdf", original)


def test_the_covered_file_goes_into_the_answer_and_the_letter_lists_what_and_why(cast, redaction, send):
    request = redaction.request
    actions.mark(redaction.pk, cast.clerk, {"passage": SECRET, "ground": "third_party"})
    actions.mark(redaction.pk, cast.clerk, {"page": 1, "box": [0.1, 0.05, 0.9, 0.2], "ground": "internal"})
    done = actions.finish_redaction(redaction.pk, cast.clerk)
    assert done.result.kind == Attachment.GIVEN and done.proof["passages"] == 1 and done.proof["areas"] > 6
    assert redacting.surviving(read(done.result.file.sm3), [SECRET]) == []
    letter = send(request, "answer", answer="partly", text="涉及个人隐私", ground="third_party")
    text = text_of(letter)
    assert "保护第三方合法权益（第十五条）1项" in text and "属于三类内部事务信息" in text and SECRET not in text


def test_a_passage_that_is_not_there_is_refused(cast, redaction):
    unchanged(redaction.request, lambda: actions.mark(redaction.pk, cast.clerk, {"passage": "没有这句", "ground": "third_party"}))
    unchanged(redaction.request, lambda: actions.finish_redaction(redaction.pk, cast.clerk))
    unchanged(redaction.request, lambda: actions.mark(redaction.pk, cast.outsider, {"passage": SECRET, "ground": "third_party"}))


def test_an_answer_with_the_original_beside_the_covered_file_does_not_go(cast, redaction, original, send):
    request = redaction.request
    actions.mark(redaction.pk, cast.clerk, {"passage": SECRET, "ground": "third_party"})
    actions.finish_redaction(redaction.pk, cast.clerk)
    actions.give_paper(request.number, cast.clerk, "原件.pdf", original)
    with pytest.raises(Refused, match="原件"):
        send(request, "answer", answer="partly", text="个人隐私", ground="third_party")
    request.refresh_from_db()
    assert (request.state, request.answer) == ("received", "")


def test_nor_does_a_letter_that_says_the_words_itself(cast, redaction, send):
    actions.mark(redaction.pk, cast.clerk, {"passage": SECRET, "ground": "third_party"})
    actions.finish_redaction(redaction.pk, cast.clerk)
    with pytest.raises(Refused, match="答复书"):
        send(redaction.request, "answer", answer="partly", text=f"涉及{SECRET}的隐私", ground="third_party")


def test_a_text_and_a_picture_are_covered_too(cast, register):
    number = register().number
    text = actions.begin_redaction(number, cast.clerk, "名单.txt", f"发放名单\n{SECRET}\n{OTHER}".encode())
    actions.mark(text.pk, cast.clerk, {"passage": SECRET, "ground": "third_party"})
    made = read(actions.finish_redaction(text.pk, cast.clerk).result.file.sm3)
    assert redacting.surviving(made, [SECRET]) == [] and OTHER in redacting.text_of(made) and "■■" in redacting.text_of(made)
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    scan = actions.begin_redaction(number, cast.clerk, "扫描.png", out.getvalue())
    with pytest.raises(Refused):
        actions.mark(scan.pk, cast.clerk, {"passage": SECRET, "ground": "third_party"})
    actions.mark(scan.pk, cast.clerk, {"page": 1, "box": [0.2, 0.2, 0.6, 0.6], "ground": "third_party"})
    assert actions.finish_redaction(scan.pk, cast.clerk).proof["areas"] == 1


def test_a_broken_pdf_is_refused(cast, register):
    request = register()
    unchanged(request, lambda: actions.begin_redaction(request.number, cast.clerk, "坏.pdf", b"%PDF-1.7\nbroken"))
    assert not Redaction.objects.exists()


def test_the_clerk_marks_on_the_page_with_two_clicks(cast, redaction, enter):
    clerk, address = enter("clerk"), f"/disclosure/redactions/{redaction.pk}/"
    assert clerk.get(f"{address}pages/1.png").content.startswith(b"\x89PNG")
    first = clerk.post(f"{address}corner/1/", {"at.x": "100", "at.y": "200", "ground": "internal"})
    assert "x=100&y=200" in first["Location"]
    assert "请点另一个角" in clerk.get(first["Location"]).content.decode()
    clerk.post(f"{address}corner/1/", {"at.x": "300", "at.y": "260", "x": "100", "y": "200", "page": "1", "ground": "internal"})
    refused = clerk.post(f"{address}passage/", {"passage": "没有这句", "ground": "third_party"})
    assert refused.status_code == 409 and "没有找到" in refused.content.decode()
    clerk.post(f"{address}passage/", {"passage": SECRET, "ground": "third_party"})
    redaction.refresh_from_db()
    assert len(redaction.marks) == 2
    clerk.post(f"{address}unmark/0/")
    clerk.post(f"{address}finish/")
    assert "都不存在" in clerk.get(address).content.decode()
    assert enter("outsider").get(address).status_code == 404
