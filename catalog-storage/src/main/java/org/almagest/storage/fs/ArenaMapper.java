package org.almagest.storage.fs;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.Optional;

/** Maps through a shared arena, which can unmap at once; found by method handles, since it exists from JDK 22 on. */
final class ArenaMapper {
    /** A mapping and the arena that unmaps it. */
    record ArenaBytes(ByteBuffer bytes, AutoCloseable arena) {}

    private static final int FIRST_RELEASE = 22;
    private static final Optional<ArenaMapper> INSTANCE = find();

    private final MethodHandle newArena;
    private final MethodHandle map;
    private final MethodHandle asByteBuffer;

    private ArenaMapper(MethodHandle newArena, MethodHandle map, MethodHandle asByteBuffer) {
        this.newArena = newArena;
        this.map = map;
        this.asByteBuffer = asByteBuffer;
    }

    /** Returns the mapper of this JVM, if it has one. */
    static Optional<ArenaMapper> instance() {
        return INSTANCE;
    }

    ArenaBytes map(FileChannel channel, long offset, long length) throws IOException {
        try {
            AutoCloseable arena = (AutoCloseable) newArena.invoke();
            try {
                Object segment = map.invoke(channel, MapMode.READ_ONLY, offset, length, arena);
                return new ArenaBytes((ByteBuffer) asByteBuffer.invoke(segment), arena);
            } catch (Throwable failure) {
                arena.close();
                throw failure;
            }
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible); // the three methods declare no other checked exception
        }
    }

    private static Optional<ArenaMapper> find() {
        if (Runtime.version().feature() < FIRST_RELEASE) {
            return Optional.empty();
        }
        try {
            Class<?> arena = Class.forName("java.lang.foreign.Arena");
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodType mapType = MethodType.methodType(segment, MapMode.class, long.class, long.class, arena);
            return Optional.of(new ArenaMapper(
                    lookup.findStatic(arena, "ofShared", MethodType.methodType(arena)),
                    lookup.findVirtual(FileChannel.class, "map", mapType),
                    lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class))));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
