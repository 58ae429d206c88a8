package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.internal.format.Place;
import org.almagest.internal.format.SectionFrame;

/** The growing body of one section, with room for its frame around it, so that sealing copies nothing. One thread. */
final class SectionBuffer {
    private static final int CAPACITY_MIN = 1 << 10;

    private ByteBuffer section;

    SectionBuffer(ByteOrder order) {
        section = ByteBuffer.allocate(CAPACITY_MIN).order(order).position(SectionFrame.HEADER_BYTES);
    }

    /** Returns the buffer to put the next {@code bytes} of the body into, at its position. */
    ByteBuffer room(int bytes) {
        int needed = Math.addExact(section.position(), Math.addExact(bytes, SectionFrame.TRAILER_BYTES));
        if (needed > section.capacity()) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - SegmentFormat.ALIGNMENT, 2L * needed);
            section = ByteBuffer.allocate(capacity).order(section.order()).put(section.flip());
        }
        return section;
    }

    /** Returns how many bytes the framed section has now. */
    int frameBytes() {
        return section.position() + SectionFrame.TRAILER_BYTES;
    }

    /** Returns a view of what was put so far, from 0. */
    ByteBuffer body() {
        int length = section.position() - SectionFrame.HEADER_BYTES;
        return section.slice(SectionFrame.HEADER_BYTES, length).order(section.order());
    }

    /** Returns the framed section, ready to be read; nothing can be put any more. */
    ByteBuffer seal(SectionFrame frame, Place place) {
        room(0);
        ByteBuffer framed = section.slice(0, frameBytes());
        frame.seal(framed, place);
        return framed;
    }
}
