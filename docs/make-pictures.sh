#!/bin/sh
# Make the pictures of the guide anew from the real output. Needs chromium, LibreOffice and poppler (pdftoppm).
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python cli.py demo -o "$work/out" > /dev/null 2>&1
pictures=docs/images
mkdir -p "$pictures"

page() {  # file of the output, width and height of the window, picture
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/chromium" \
        --window-size="$2,$3" --screenshot="$pictures/$4.png" "file://$work/out/$1" > /dev/null 2>&1
}

word() {  # file of the output, page of it, picture; a sign stands where a comment is
    soffice -env:UserInstallation="file://$work/office" --headless --convert-to \
        'pdf:writer_pdf_Export:{"ExportNotesInMargin":{"type":"boolean","value":"true"}}' \
        --outdir "$work" "$work/out/$1" > /dev/null 2>&1
    name=$(basename "$1" .docx)
    pdftoppm -r 70 -f "$2" -l "$2" -singlefile -png "$work/$name.pdf" "$pictures/$3" 2> /dev/null
}

page ket-qua.html 1280 1000 ket-qua-html
page ket-qua.html 390 900 ket-qua-html-hep
word danh-gia.docx 2 danh-gia-docx
word du-thao-bao-cao.docx 1 du-thao-bao-cao-docx
word don-vi/soc-trang__long-phu__cap-xa_2020-H1.docx 1 phieu-don-vi-docx
