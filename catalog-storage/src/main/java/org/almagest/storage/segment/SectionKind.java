package org.almagest.storage.segment;

import org.almagest.internal.format.SectionFrame;

/** The framed sections that a footer lists, in this order; the order and the magics reach disk and never change. */
enum SectionKind {
    PAGE_DIRECTORY("page directory", 0x44504C41, true),
    ID_COLUMN("id column", 0x44494C41, true),
    BOX_COLUMN("box column", 0x58424C41, true),
    COMMIT_TABLE("commit table", 0x54434C41, true),
    KEY_INDEX("key index", 0x494B4C41, false),
    EXTENT_ZONES("extent zones", 0x5A454C41, false);

    private static final int VERSION = 1;

    private final SectionFrame frame;
    private final boolean required;

    SectionKind(String title, int magic, boolean required) {
        this.frame = new SectionFrame(title, magic, VERSION);
        this.required = required;
    }

    /** Returns the frame around the section. */
    SectionFrame frame() {
        return frame;
    }

    /** Returns whether every segment has the section. */
    boolean isRequired() {
        return required;
    }

    /** Returns what messages call the section. */
    String title() {
        return frame.name();
    }
}
