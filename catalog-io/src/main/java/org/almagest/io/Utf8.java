package org.almagest.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.almagest.error.InvalidRequestException;

/** Tells UTF-8 from other bytes, for readers whose parser lets some of them pass. One thread. */
public final class Utf8 {
    private final CharBuffer scratch = CharBuffer.allocate(1 << 12);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /**
     * Checks the current text.
     *
     * @throws InvalidRequestException if its bytes are not UTF-8; says where, from 0
     */
    public void check(JsonTexts text) {
        byte[] buffer = text.buffer();
        int end = text.offset() + text.length();
        for (int i = text.offset(); i < end; i++) {
            if (buffer[i] < 0) {
                decode(ByteBuffer.wrap(buffer, text.offset(), text.length()), text.offset());
                return;
            }
        }
    }

    private void decode(ByteBuffer bytes, int start) {
        decoder.reset();
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new InvalidRequestException("json", "invalid UTF-8 [byte " + (bytes.position() - start) + "]");
        }
    }
}
