"""Which words of administrative prose decide what a figure is?

Nouns that are counted, measures, and what is neither.

All in the folded spelling of `folding`. Open lists: a word that is missing makes the program silent, never
wrong.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_COUNTED_WORDS = """
án ấp bài báo bản bàn bến bệnh biên biển bị bộ buổi buôn ca cá cái câu cây chai chi chiến chiếc chiến
chỉ chính chợ chốt chủ chuyên chuyến công con cơ cơn cuộc cụm cụ cửa dân dịch doanh dự đảng đại đàn đề
đình đoàn đoạn đối đội đồng đơn đợt đường em gia giáo giấy gói gương hạng hành hạt hệ hiện hình hòm học
hố hộ hội hồ hợp hướng kế khách khâu khẩu khiếu khóa khu khóm khung kiến kiosk kỳ lao lần làng lễ liều
lĩnh lịch loại lớp lượt mảnh mặt máy mẫu mô mục mũi nạn nội nông ngành nghệ nghị nhà nhiệm nhóm nguồn
nơi người ổ ông phản phạm phần phiếu phòng phong phường phương phụ phụng quả quầy quy quyết quỹ sách sản
sáng sào sinh số sở sổ suất tàu tai tập tên thành thanh thẻ thí thiết thôn thông thủ thửa thuê thuyền
tiêu tiểu tiết tin tỉnh tình tổ tội tờ tốp trại trạm trang tranh trẻ tre triệu trò trường trụ trụ trung
trưởng tủ tuyến ủy văn vận vật vị việc viên vở vùng vụ vườn xã xe xí xuất ý yêu thị quận huyện đơn tthc
ubnd dvc dvctt cbccvc cbcc htx csgt thcs đvsn hs gv ch tđ tổ cán công vbqppl
"""
COUNTED: Final = frozenset(_COUNTED_WORDS.split())
"""First words of what is counted (`hồ sơ`, `lượt người`, `đồng chí`)."""

_SINGLE_WORDS = """
án ấp bài bàn bản bến bộ buổi buôn ca cái câu cây chai chiếc chợ chốt con cơn cuộc cụm đàn đoạn đội đoàn
đơn đợt em gói giỏ hạt hộ hố khóm khu kỳ lần làng lớp máy mẫu mũi người nhà nhóm ổ ông bà phòng phường
quả quầy quỹ sổ suất tàu tập tên thẻ thôn thửa tin tỉnh tổ tờ tốp trại trạm trang trẻ trường tủ tuyến vụ
vườn xã xe huyện quận tthc dvc dvctt htx hs gv liều giấy khối sào chi cụ cháu cô thầy tấm phiếu ý vị
thùng bao
"""
SINGLE: Final = frozenset(_SINGLE_WORDS.split())
"""Counted by themselves: the word after them only tells which (`hộ nghèo` are `hộ`)."""

ANY_PERSON: Final = frozenset(
    ("người", "em", "đồng chí", "cháu", "lao động", "nhân khẩu", "ca", "trường hợp")
)
"""Words that count persons of any kind."""

_PERSONS_WORDS = """
cán bộ, công chức, viên chức, giáo viên, học sinh, trẻ, trẻ em, đảng viên, hội viên, đoàn viên, thành
viên, đại biểu, đối tượng, thanh niên, phụ nữ, thí sinh, học viên, bệnh nhân, sinh viên, công dân, cử
tri, nhân viên, bác sĩ, chiến sĩ, nông dân, ứng viên, cbcc, cbccvc, hs, gv, chi ủy, ủy viên, cấp ủy,
quần chúng, nạn nhân, bị can, bị cáo, khách, du khách, người cao
"""
PERSONS: Final = frozenset(" ".join(word.split()) for word in _PERSONS_WORDS.split(","))

SCALES: Final = {
    "nghìn tỷ": 10**12, "ngàn tỷ": 10**12, "tỷ": 10**9, "triệu": 10**6, "tr": 10**6,
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4,
}  # fmt: skip

MONEY: Final = {"đồng": "đồng", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "usd": "usd", "đô": "usd"}

MEASURES: Final = {
    "ha": "ha", "hecta": "ha", "héc": "ha", "km": "km", "km2": "km2", "m": "m", "m2": "m2", "m²": "m2",
    "m3": "m3",
    "m³": "m3", "mét": "m", "tấn": "tấn", "tạ": "tạ", "kg": "kg", "yến": "yến", "lít": "lít", "kwh": "kwh",
    "mw": "mw", "gam": "gam", "g": "gam", "mm": "mm", "cm": "cm", "công": "công",
}  # fmt: skip
"""Measured, hence perhaps rounded even where a whole number is written."""

DURATIONS: Final = frozenset(("phút", "giây", "giờ", "ngày", "tuần", "tháng", "quý", "năm", "tuổi", "buổi"))

CONVERSIONS: Final = {
    ("tạ", "tấn"): Fraction(1, 10), ("kg", "tấn"): Fraction(1, 1000), ("kg", "tạ"): Fraction(1, 100),
    ("tấn", "tạ"): Fraction(10), ("tấn", "kg"): Fraction(1000), ("tạ", "kg"): Fraction(100),
    ("m", "km"): Fraction(1, 1000), ("phút", "giờ"): Fraction(1, 60),
}  # fmt: skip
"""How many of the second one of the first is."""

_NOT_A_NOUN_WORDS = """
và hoặc của tại trong ngoài so tăng giảm đạt chiếm đến có là còn được cho với vào theo ở trên dưới thì
do bằng đã đang sẽ chưa không từ về để khi nên mà cũng đều gồm bao như này đó kia qua sang lên xuống
nhằm nếu tuy vượt bởi các những mỗi mọi cả chỉ vẫn lại trở hơn gần khoảng tương cùng trước sau giữa nay
tính thuộc trừ nữa rồi tổng tỷ lũy kể riêng nhưng hay bị thêm tỉ làm góp đầu cuối gấp tức thời theo cấp
nam nữ
"""
NOT_A_NOUN: Final = frozenset(_NOT_A_NOUN_WORDS.split())
"""A word that ends the noun after a figure; `cấp xã` begins something else."""

ENDS_A_NOUN: Final = frozenset(
    {("lần", "lượt"), ("đối", "với"), ("trung", "bình"), ("cụ", "thể"), ("công", "tác")}
)

ORDINAL_BEFORE: Final = (
    r"điều|khoản|chương|mục|phụ lục|phần|mẫu(?: số)?|biểu(?: số| mẫu)?|bảng(?: số)?|"
    r"(?<!tổng )(?<!lượng )(?<!một )số|"
    r"quốc lộ|tỉnh lộ|hương lộ|huyện lộ|lộ|đường|ấp|khóm|(?<!nông )thôn|khu phố|khu vực|tổ|khối|lớp|"
    r"hạng|mức độ|mức|"
    r"cấp độ|loại|"
    r"vòng|đợt|lần thứ|lần|thứ|khóa|kỳ|phiên|tuần(?: thứ)?|tháng|quý|phường|quận|đại hội(?: đảng)?|tập|"
    r"trang|tầng|hình|"
    r"vùng|cụm|giai đoạn|nhóm|cấp|tuyến|học kỳ|kỳ họp thứ|kênh|cống|cầu|nhà|lô|thửa|tờ bản đồ|bước|"
    r"tiêu chí(?: số)?|"
    r"chỉ tiêu(?: số)?|nội dung(?: số)?|nhiệm vụ(?: số)?|nghề|mã|ca|dạng|chương trình|đề án|dự án|"
    r"nguyên tắc|ủy viên thứ|"
    r"phương án|mẫu đơn|tiểu khu|đội|trạm|trại|mũi|công văn(?: số)?|văn bản(?: số)?|kế hoạch(?: số)?|"
    r"báo cáo(?: số)?|zone|"
    r"trường (?:tiểu học|thcs|thpt|mầm non)(?: [^\W\d_]{1,9}){1,4}|tuyến đường"
)
"""A small number right after one of these names a thing and counts nothing."""

PART_OPENERS: Final = (
    r"trong đó(?: gồm| bao gồm)?|bao gồm|gồm(?: có)?|cụ thể(?: là| như sau)?|chia ra|được chia|chia theo|"
    r"phân theo|"
    r"chia thành|trong số đó|trong số này|trong này"
)
