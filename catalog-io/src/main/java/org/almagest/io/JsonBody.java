package org.almagest.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;

/** Reads the body of a request as one JSON text, bounded before there is a tree of it. */
public final class JsonBody {
    private static final String SUBJECT = "body";
    /** A position of a geometry is three values in some seventeen bytes; a tree has some seventy bytes for each. */
    private static final long BYTES_PER_VALUE = 5;

    private static final long VALUES_ALWAYS = 10_000;
    private static final long VALUES_MAX = 4_000_000;

    private JsonBody() {}

    /**
     * Returns the value that a body holds.
     *
     * @param bytesMax the most bytes that are read
     * @param bytesName the name of that bound
     * @param depthMax how deep arrays and objects may be nested
     * @throws InvalidRequestException if it is not UTF-8 or not strict JSON, or breaks off
     * @throws LimitExceededException if it is too long nested too deeply, or of more than a
     *     value in five bytes of its bound, or four million
     */
    public static JsonValue value(InputStream body, long bytesMax, String bytesName, long depthMax) {
        byte[] bytes = bytes(body, bytesMax, bytesName);
        long valuesMax = Math.min(VALUES_MAX, VALUES_ALWAYS + bytesMax / BYTES_PER_VALUE);
        JsonLimits limits = new JsonLimits(
                bytesMax, bytesName, (int) Math.min(depthMax, 10_000), "jsonDepthMax", valuesMax, "jsonValuesMax");
        return JsonReader.read(ByteBuffer.wrap(bytes), limits);
    }

    /** Returns the object that a body holds; else as {@link #value}. */
    public static JsonObject object(InputStream body, long bytesMax, String bytesName, long depthMax) {
        JsonValue value = value(body, bytesMax, bytesName, depthMax);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new InvalidRequestException(SUBJECT, value.kindName() + " (expected an object)");
    }

    private static byte[] bytes(InputStream body, long bytesMax, String bytesName) {
        int most = (int) Math.min(bytesMax, Integer.MAX_VALUE - 16);
        try {
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                throw new LimitExceededException(SUBJECT + ": bytes", bytesName, most + 1L, most);
            }
            return bytes;
        } catch (IOException e) {
            throw new InvalidRequestException(SUBJECT, "broken off", e);
        }
    }
}
