package org.almagest.io.stac.collection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.page.EntityTag;

/**
 * Where a list of collections goes on: after which one, and where that stood.
 *
 * <p>It names nothing but what the reader was shown, so it needs no seal; the request is part of it, so that one of
 * another request is noticed.
 *
 * @param position how many collections came before
 * @param lastId the last of them
 */
record CollectionToken(int position, String lastId) {
    private static final int REQUEST_CHARS = 8;
    private static final int HEAD = Integer.BYTES + REQUEST_CHARS;

    /** Returns the token as text, for a request with these parameters. */
    String text(Object... request) {
        byte[] id = lastId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + id.length);
        bytes.putInt(position)
                .put(EntityTag.variant(request).getBytes(StandardCharsets.US_ASCII))
                .put(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static CollectionToken parse(String text, Object... request) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() > HEAD) {
                int position = bytes.getInt();
                byte[] own = new byte[REQUEST_CHARS];
                bytes.get(own);
                String variant = new String(own, StandardCharsets.US_ASCII);
                if (position > 0 && variant.equals(EntityTag.variant(request))) {
                    return new CollectionToken(
                            position, StandardCharsets.UTF_8.decode(bytes).toString());
                }
            }
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        throw foreign();
    }

    private static ProblemException foreign() {
        return ProblemException.invalid("token", "not one of this request (ask again without it)");
    }

    /** Returns where the next page begins in a list: after the last one, or where it stood if it has gone. */
    int start(List<CollectionView> views) {
        for (int i = 0; i < views.size(); i++) {
            if (views.get(i).place().stacId().equals(lastId)) {
                return i + 1;
            }
        }
        return Math.min(position, views.size());
    }
}
