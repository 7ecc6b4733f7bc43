"""`run` looks at its settings before it starts anything."""

from pathlib import Path

import pytest

from portal.cli import main
from portal.probe import free_port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "nope.invalid"),
        ("HOST", "192.0.2.1"),
        ("SMTP_URL", "127.0.0.1"),
        ("PUBLIC_URL", "portal"),
        ("DISTRICT_KEY", "1"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_wrong_setting_is_refused_before_anything_is_started(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
) -> None:
    folder = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("PORT", str(free_port(0)))
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert main(["run"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith(f"{name} ")
    assert not folder.exists()
