package org.almagest.storage.segment;

import org.almagest.index.key.KeyIndex;
import org.almagest.internal.format.SectionFrame;
import org.jspecify.annotations.Nullable;

/**
 * The framed sections that a segment can have. Codes and magics reach disk and never change; sections lie in a segment
 * by ascending code, those of one kind by ascending field number.
 */
enum SectionKind {
    PAGE_DIRECTORY(1, "page directory", 0x44504C41, Presence.ALWAYS),
    ID_COLUMN(2, "id column", 0x44494C41, Presence.ALWAYS),
    BOX_COLUMN(3, "box column", 0x58424C41, Presence.ALWAYS),
    COMMIT_TABLE(4, "commit table", 0x54434C41, Presence.ALWAYS),
    KEY_INDEX(5, "key index", 0x494B4C41, KeyIndex.VERSION, Presence.AT_MOST_ONCE),
    EXTENT_ZONES(6, "extent zones", 0x5A454C41, Presence.AT_MOST_ONCE),
    COMMIT_COLUMN(7, "commit column", 0x4F434C41, Presence.AT_MOST_ONCE),
    SPATIAL_TREE(9, "tree of boxes", 0x52544C41, Presence.AT_MOST_ONCE),
    COLUMN(16, "column", 0x4C434C41, Presence.PER_FIELD),
    VALUE_POSTINGS(17, "postings", 0x50564C41, Presence.PER_FIELD);

    private static final int VERSION = 1;

    private final int code;
    private final SectionFrame frame;
    private final Presence presence;

    SectionKind(int code, String title, int magic, Presence presence) {
        this(code, title, magic, VERSION, presence);
    }

    SectionKind(int code, String title, int magic, int version, Presence presence) {
        this.code = code;
        this.frame = new SectionFrame(title, magic, version);
        this.presence = presence;
    }

    private enum Presence {
        ALWAYS,
        AT_MOST_ONCE,
        PER_FIELD
    }

    /** Returns the kind with a code; null where this version has none. */
    static @Nullable SectionKind ofCode(int code) {
        for (SectionKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    /** Returns the number that stands for the kind in a footer. */
    int code() {
        return code;
    }

    /** Returns the frame around the section. */
    SectionFrame frame() {
        return frame;
    }

    /** Returns whether every segment has the section. */
    boolean isRequired() {
        return presence == Presence.ALWAYS;
    }

    /** Returns whether there is one for each of several fields, named by their number. */
    boolean isPerField() {
        return presence == Presence.PER_FIELD;
    }

    /** Returns what messages call the section. */
    String title() {
        return frame.name();
    }
}
