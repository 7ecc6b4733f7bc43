import stat
from pathlib import Path

import pytest

from portal.compose_env import main

ROOT = Path(__file__).parents[2]


def settings_of(folder: Path) -> dict[str, str]:
    lines = (folder / ".env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_passwords_are_fresh_and_private(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        assert main([], folder) == 0
        assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    assert settings_of(first)["SECRET_KEY"] != settings_of(second)["SECRET_KEY"]


def test_passwords_in_use_are_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text("mine")
    assert main([], tmp_path) == 1
    assert (tmp_path / ".env").read_text() == "mine"
    assert "remove it first" in capsys.readouterr().err


def test_help_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"], tmp_path)
    assert not (tmp_path / ".env").exists()


def test_the_services_find_every_setting_that_they_demand(tmp_path: Path) -> None:
    main([], tmp_path)
    compose = (ROOT / "docker-compose.yml").read_text()
    demanded = {part.partition(":?")[0] for part in compose.split("${") if ":?" in part[:40]}
    assert "SECRET_KEY" in demanded
    assert demanded <= settings_of(tmp_path).keys()
