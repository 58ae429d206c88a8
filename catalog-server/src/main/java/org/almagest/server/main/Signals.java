package org.almagest.server.main;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears SIGTERM and SIGINT: the first asks to stop, the second ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is reached by reflection, because it is no part of Java. Whatever else ends the process, such
 * as a terminal that closes, is heard by a hook, which waits until the server has stopped.
 */
final class Signals {
    /** What a shell reports for a program that SIGTERM ended: 128 + 15. */
    private static final int KILLED_STATUS = 143;

    private static final List<String> NAMES = List.of("TERM", "INT");

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger heard = new AtomicInteger();

    private Signals() {}

    /** Listens from now on, for the life of the process. */
    static Signals listen() {
        Signals signals = new Signals();
        Runtime.getRuntime().addShutdownHook(new Thread(signals::stopAndWait, "almagest-stop"));
        try {
            for (String name : NAMES) {
                signals.handle(name);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return signals; // the hook hears the first of them
        }
        return signals;
    }

    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours =
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                    if (method.getName().equals("handle")) {
                        hear();
                    }
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    }

    private void hear() {
        if (heard.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(KILLED_STATUS); // what was acknowledged is in the log already
        }
        asked.countDown();
    }

    private void stopAndWait() {
        asked.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until somebody asks the process to stop. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Says that the server has stopped. */
    void stopped() {
        stopped.countDown();
    }
}
