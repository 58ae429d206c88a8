package org.almagest.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Peer;
import org.almagest.bench.peer.Session;

/** Several threads that ask an engine at the same time, each with a session of its own. */
final class Crowd {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Peer peer;
    private final List<Question> questions;
    private final int threads;

    Crowd(Peer peer, List<Question> questions, int threads) {
        this.peer = peer;
        this.questions = questions;
        this.threads = threads;
    }

    /** Returns how many questions were answered in a second, by all threads together. */
    double run(double seconds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> answers = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(threads);
            for (int i = 0; i < threads; i++) {
                int offset = i * questions.size() / threads;
                answers.add(pool.submit(() -> askUntil(offset, (long) (seconds * NANOS_PER_SECOND), together)));
            }
            long sum = 0;
            for (Future<Long> answer : answers) {
                sum += answer.get();
            }
            return sum / seconds;
        } finally {
            pool.shutdownNow(); // where one failed, the others wait for it at the barrier
        }
    }

    /** Returns how many questions were answered within a time that begins for all threads together. */
    private long askUntil(int offset, long nanos, CyclicBarrier together) throws Exception {
        RowDigest digest = new RowDigest();
        try (Session session = peer.session()) {
            session.prepare(questions);
            together.await();
            long end = System.nanoTime() + nanos;
            long asked = 0;
            while (System.nanoTime() < end) {
                session.ask(questions.get((int) ((offset + asked) % questions.size())), digest);
                asked++;
            }
            return asked;
        }
    }
}
