package org.almagest.io.stac.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.almagest.geo.Wkb;
import org.almagest.io.stac.request.SearchRequest;
import org.almagest.model.TimeInterval;
import org.almagest.query.SpatialFilter;
import org.almagest.query.cql2.Cql2Json;

/** The digest of what a search asks for; not of how much of it a page shows, nor of which members. */
final class SearchDigest {
    private SearchDigest() {}

    /** Returns 32 bytes, equal for searches that ask for the same in equal words. */
    static byte[] of(SearchRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, request.collections().map(SearchDigest::sorted).orElse("*"));
            add(digest, request.ids().map(SearchDigest::sorted).orElse("*"));
            add(digest, request.interval().map(SearchDigest::nanos).orElse("*"));
            add(digest, request.filter().map(Cql2Json::print).orElse("*"));
            add(digest, request.sort().toString());
            digest.update(area(request.area()));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String nanos(TimeInterval interval) {
        return interval.start() + "/" + interval.end();
    }

    private static String sorted(List<String> names) {
        StringBuilder all = new StringBuilder();
        names.stream()
                .sorted()
                .distinct()
                .forEach(name -> all.append(name.length()).append(':').append(name));
        return all.toString();
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    private static byte[] area(Optional<SpatialFilter> area) {
        if (area.isEmpty()) {
            return new byte[] {'*'};
        }
        return area.get()
                .geometry()
                .map(Wkb::write)
                .orElseGet(() -> area.get().box().toString().getBytes(StandardCharsets.UTF_8));
    }
}
