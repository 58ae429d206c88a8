package org.almagest.storage.segment;

import org.almagest.internal.format.SectionFrame;

/** The framed sections that a footer lists, in this order; the order and the magics reach disk and never change. */
enum SectionKind {
    PAGE_DIRECTORY("page directory", 0x44504C41),
    ID_COLUMN("id column", 0x44494C41),
    BOX_COLUMN("box column", 0x58424C41),
    COMMIT_TABLE("commit table", 0x54434C41),
    KEY_INDEX("key index", 0x494B4C41);

    private static final int VERSION = 1;

    private final SectionFrame frame;

    SectionKind(String title, int magic) {
        this.frame = new SectionFrame(title, magic, VERSION);
    }

    /** Returns the frame around the section. */
    SectionFrame frame() {
        return frame;
    }

    /** Returns what messages call the section. */
    String title() {
        return frame.name();
    }
}
