package org.almagest.storage.encoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.CorruptSectionException;

/** The columns of a page that others refer to, each opened once for all of these. One thread. */
final class ReferredColumns {
    private final Map<Integer, RememberedContent> byStart = new HashMap<>();
    private final List<RememberedContent> made = new ArrayList<>();

    /** Forgets the columns of the page before. */
    void clear() {
        byStart.clear();
    }

    /** Returns the column of short texts that begins at an index of the buffer. */
    ContentReader at(PageBytes page, int start, int depth) throws CorruptSectionException {
        RememberedContent known = byStart.get(start);
        if (known == null) {
            if (byStart.size() == made.size()) {
                made.add(new RememberedContent(depth));
            }
            known = made.get(byStart.size());
            known.open(page, start);
            byStart.put(start, known);
        }
        return known;
    }
}
