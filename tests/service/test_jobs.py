"""What the service does with files: the same as the commands, on copies or in place; cancelled, broken, one step back."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from support.service import Service

from perfmon_xl import app
from perfmon_xl.service import api
from perfmon_xl.service.actions import RUNS


def test_the_description_is_what_there_is(service: Service) -> None:
    told = service.ask("GET", "/api/description")[1]
    assert set(told["actions"]) == set(api.ACTIONS) == set(RUNS)
    assert {(r["method"], r["path"]) for r in told["routes"]} == set(api.ROUTES)


def test_a_check_says_what_the_command_says(service: Service, book_bytes: bytes, demo_book: Path) -> None:
    job = service.job("check", book=service.upload("项目.xlsx", book_bytes))
    expected = json.loads(json.dumps(app.check(demo_book).as_data("项目.xlsx")))
    assert job["state"] == "done" and job["verdict"] == expected["summary"]["verdict"]
    assert job["summary"] == expected["summary"]
    worded = ("message", "hint", "level", "noted")  # in the page's own words, or added
    plain = [{k: v for k, v in f.items() if k not in worded} for f in job["findings"]]
    assert plain == [{k: v for k, v in f.items() if k not in worded} for f in expected["findings"]]
    assert [m | {"hint": ""} for m in job["matters"]] == [m | {"hint": ""} for m in expected["matters"]]
    assert job["lights"] and job["charts"] and not job["files"]


def test_a_fill_writes_what_the_command_writes(service: Service, book_bytes: bytes, demo_book: Path) -> None:
    job = service.job("fill", book=service.upload("项目.xlsx", book_bytes))
    app.fill(demo_book)
    assert service.file(job) == demo_book.read_bytes()


def test_by_its_path_a_workbook_is_changed_in_place_and_one_step_back(
    service: Service, demo_book: Path
) -> None:
    from perfmon_xl.workbook.file.book import PackageBook

    book = PackageBook.open(demo_book)
    app.clear_marks(book)
    book.save(demo_book)
    before = demo_book.read_bytes()
    job = service.job("mark", book={"path": str(demo_book)})
    assert job["changed"] and not job["copy"] and demo_book.read_bytes() != before
    assert service.job("undo", book={"path": str(demo_book)})["state"] == "done"
    assert demo_book.read_bytes() == before
    assert service.job("undo", book={"path": str(demo_book)})["message"] == "没有可以撤销的动作。"


def test_what_was_saved_since_is_not_taken_back(service: Service, demo_book: Path) -> None:
    service.job("clear", book={"path": str(demo_book)})
    later = PackageLater(demo_book)
    assert "又改过" in service.job("undo", book={"path": str(demo_book)})["message"]
    assert demo_book.read_bytes() == later


def PackageLater(path: Path) -> bytes:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("customXml/later.xml", "<later/>")
    return path.read_bytes()


def test_a_workbook_that_is_open_is_not_written(service: Service, demo_book: Path) -> None:
    before = demo_book.read_bytes()
    demo_book.with_name(f"~${demo_book.name}").write_bytes(b"")
    job = service.job("fill", book={"path": str(demo_book)})
    assert job["state"] == "refused" and "打开" in job["message"] and demo_book.read_bytes() == before


def test_a_copy_is_never_opened_in_a_program(service: Service, book_bytes: bytes) -> None:
    job = service.job("fill", book=service.upload("a.xlsx", book_bytes))
    status, told, _ = service.ask("POST", f"/api/jobs/{job['id']}/files/{job['files'][0]['id']}/open")
    assert status == 409 and "下载" in told["hint"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"%PDF-1.7"]
)
def test_a_broken_file_is_told_in_words(service: Service, data: bytes) -> None:
    job = service.job("check", book=service.upload("坏的.xlsx", data))
    assert job["state"] == "refused" and "坏的.xlsx" in job["message"] and job["hint"]
    assert "Traceback" not in json.dumps(job)


def test_the_next_finding_is_walked_to(service: Service, book_bytes: bytes) -> None:
    book = service.upload("a.xlsx", book_bytes)
    service.job("mark", book=book)
    first = service.job("next", book=book, options={"sheet": "", "cell": ""})["place"]
    second = service.job("next", book=book, options=first)["place"]
    assert first != second and first["sheet"] and second["cell"]
    assert service.job("rule", book=book, options=second)["codes"]


@pytest.mark.slow
def test_many_come_back_as_one_zip(service: Service, book_bytes: bytes) -> None:
    books = [
        service.upload(name, book_bytes)
        for name in ("甲/项目.xlsx", "乙/项目.xlsx", "项目.xlsx", "项目.xlsx")
    ]
    job = service.job("batch", books=books)
    with zipfile.ZipFile(io.BytesIO(service.file(job))) as package:
        names = package.namelist()
    assert "汇总.xlsx" in names
    for stem in ("甲/项目", "乙/项目", "项目", "项目（2）"):
        assert any(name.startswith(stem) and name.endswith(".docx") for name in names), (stem, names)
    assert str(service.folder) not in json.dumps(job, ensure_ascii=False)
    asked = job["question"]
    assert "同一个项目同一期的 4 份" in asked["text"] and asked["choices"][0]["options"] == {"same": "latest"}
    again = service.job("batch", books=books[:2], options=asked["choices"][0]["options"])
    assert "question" not in again and any("汇总里只算" in note for note in again["notes"])


def test_a_cancelled_job_stops_at_once_and_the_next_one_works(service: Service, book_bytes: bytes) -> None:
    books = [service.upload(f"{n}.xlsx", book_bytes) for n in range(12)]
    job, waiting = service.start("batch", books=books), service.start("doctor")
    while service.ask("GET", f"/api/jobs/{job['id']}")[1]["state"] == "waiting":
        time.sleep(0.02)
    assert service.ask("POST", "/api/leave")[0] == 409
    assert service.ask("POST", f"/api/jobs/{job['id']}/cancel")[1]["state"] == "cancelled"
    assert service.wait(waiting)["state"] == "done"
    assert service.ask("GET", f"/api/jobs/{job['id']}")[1]["state"] == "cancelled"
    assert not service.ask("GET", "/api/health")[1]["busy"]


def test_the_last_period_is_carried_on(service: Service, book_bytes: bytes) -> None:
    book = service.upload("上一期.xlsx", book_bytes)
    assert service.job("rollover", book=book, options={"period": "2024-10"})["files"]
    assert service.job("rollover", book=book, options={"period": "十月"})["state"] == "refused"


def test_a_new_workbook_blank_and_from_a_report(service: Service, demo_folder: Path) -> None:
    assert service.file(service.job("new"))[:2] == b"PK"
    report = next(demo_folder.glob("*.docx"))
    made = service.job("new", source=service.upload(report.name, report.read_bytes()))
    assert made["state"] == "done" and made["files"][0]["name"].endswith(".xlsx")


def test_a_report_is_held_against_its_workbook_or_against_itself(
    service: Service, demo_folder: Path, book_bytes: bytes
) -> None:
    report = service.upload("r.docx", next(demo_folder.glob("*.docx")).read_bytes())
    against = service.job("audit", report=report, book=service.upload("b.xlsx", book_bytes))
    alone = service.job("audit", report=report)
    assert against["good"] and "核对了" in against["verdict"]
    assert alone["findings"] and all(f["where"].startswith("报告") for f in alone["findings"])
