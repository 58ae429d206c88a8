package org.almagest.io.stac.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.DatapointId;

/**
 * A validator by RFC 9110 section 8.8.3.
 *
 * @param opaque the text between the quotes
 * @param isWeak whether it says only that two representations mean the same
 */
public record EntityTag(String opaque, boolean isWeak) {
    private static final int ID_LENGTH = 36;
    private static final int VARIANT_BYTES = 6;

    /** Returns a strong tag. */
    public static EntityTag strong(String opaque) {
        return new EntityTag(opaque, false);
    }

    /**
     * Returns the tag of a representation of an item: its id, which names its content, and the variant.
     *
     * @param variant what else the bytes depend on, from {@link #variant}
     */
    public static EntityTag item(DatapointId id, String variant) {
        return strong(id + "." + variant);
    }

    /** Returns the tag of a document that is known whole. */
    public static EntityTag of(byte[] document) {
        return strong(digest(document));
    }

    /** Returns 8 characters that stand for what a representation depends on, the same for equal parts. */
    public static String variant(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            String own = part.toString();
            text.append(own.length()).append(':').append(own);
        }
        return digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, VARIANT_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Returns the id of the datapoint that an item's tag names; empty for other tags, weak ones included. */
    public Optional<DatapointId> id() {
        if (isWeak || opaque.length() < ID_LENGTH || opaque.length() > ID_LENGTH && opaque.charAt(ID_LENGTH) != '.') {
            return Optional.empty();
        }
        try {
            return Optional.of(DatapointId.parse(opaque.substring(0, ID_LENGTH)));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }

    /** Tells whether two tags are of the same bytes: both strong, and equal. */
    public boolean matchesStrongly(EntityTag other) {
        return !isWeak && !other.isWeak && opaque.equals(other.opaque);
    }

    /** Tells whether two tags mean the same. */
    public boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** Returns the tag as a header field has it. */
    @Override
    public String toString() {
        return (isWeak ? "W/\"" : "\"") + opaque + '"';
    }
}
