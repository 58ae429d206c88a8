package org.almagest.server.http;

import java.util.function.LongSupplier;
import org.almagest.runtime.RandomSource;
import org.almagest.server.http.body.BodyBudget;
import org.almagest.server.http.body.Compression;
import org.almagest.server.http.door.Admission;
import org.almagest.server.http.door.Entrance;
import org.almagest.server.http.door.HostRules;
import org.almagest.server.http.door.HttpLimits;
import org.almagest.server.http.door.OriginRules;
import org.almagest.server.http.door.Routes;

/** What the requests of one server share. */
record House(
        Lobby lobby,
        ConnectionRegistry registry,
        Routes routes,
        Entrance entrance,
        OriginRules origins,
        Answers answers,
        OpenPages pages,
        Admission admission,
        BodyBudget bodies,
        Workers workers,
        Compression.Use compression,
        String publicUrl,
        RandomSource random) {
    HttpLimits limits() {
        return lobby.limits();
    }

    LongSupplier ticker() {
        return lobby::now;
    }

    /** Returns 32 hexadecimal digits that nobody can guess. */
    String nextId() {
        StringBuilder id = new StringBuilder(32);
        appendHex(id, random.nextLong());
        appendHex(id, random.nextLong());
        return id.toString();
    }

    private static void appendHex(StringBuilder out, long bits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((int) (bits >>> shift) & 15, 16));
        }
    }

    static House of(HttpOptions options, Workers workers) {
        HttpLimits limits = options.limits();
        Lobby lobby = new Lobby(limits, options.clock(), options.ticker(), options.observer());
        OriginRules origins = new OriginRules(options.origins(), options.publicUrl());
        HostRules hosts = new HostRules(options.hosts(), options.publicUrl());
        boolean strict = options.tls() != null && options.publicUrl().startsWith("https:");
        return new House(
                lobby,
                new ConnectionRegistry(limits, options.ticker(), options.observer()),
                new Routes(options.mounts(), limits.bodyBytesMax()),
                new Entrance(limits, hosts, origins),
                origins,
                new Answers(origins, strict),
                new OpenPages(options, lobby),
                options.admission(),
                new BodyBudget(limits.bodiesBytesMax()),
                workers,
                options.compression(),
                options.publicUrl(),
                options.random());
    }
}
