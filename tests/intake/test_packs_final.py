from __future__ import annotations

from compliance.intake.packs import available_packs, final_packs


def test_only_the_pack_that_no_other_extends_is_final() -> None:
    assert available_packs() == ("long-phu-2020", "soc-trang-2020", "vietnam-2020")
    assert final_packs() == ("long-phu-2020",)
