package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Batch;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.ScriptRunner;
import dev.larder.redis.internal.link.ServerRefusal;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands for many keys that go to the servers together, and are waited for together: a page of them, and the next one when that is answered, as
 * connections do not take any number at once. All pages have the time of one call.
 */
final class Bulk {

    private final Link link;
    private final ScriptRunner scripts;
    private final Calls calls;

    Bulk(Link link, ScriptRunner scripts, Calls calls) {
        this.link = link;
        this.scripts = scripts;
        this.calls = calls;
    }

    /** A script for one key, run until it needs no further run. */
    interface Run {

        Script script();

        byte[] key();

        byte[][] arguments();

        /** Takes an answer, and tells whether it was the last. */
        boolean accept(Answer answer);
    }

    /** Returns what is at each key, in the order of the keys; for what is no string nothing, or no bytes. */
    List<byte @Nullable []> get(List<byte[]> keys) {
        return get(keys, link.readers());
    }

    /** Returns the same, and nothing that was replaced a moment ago. */
    List<byte @Nullable []> getLatest(List<byte[]> keys) {
        return get(keys, link);
    }

    private List<byte @Nullable []> get(List<byte[]> keys, Link from) {
        return link.isCluster()
                ? read("GET", keys, page -> values("GET", from, page, Batch::get))
                : read("MGET", keys, page -> mget(page, from));
    }

    private List<byte @Nullable []> mget(List<byte[]> keys, Link from) {
        Batch batch = new Batch();
        CompletableFuture<List<byte @Nullable []>> answer = batch.mget(keys);
        return calls.make("MGET", Kind.READ, () -> {
            batch.send(from);
            return answer;
        });
    }

    /** Returns what is at each key, and moves its deadline. */
    List<byte @Nullable []> getAndTouch(List<byte[]> keys, GetExArgs until) {
        return read("GETEX", keys, page -> values("GETEX", link, page, (batch, key) -> batch.getex(key, until)));
    }

    /** Returns for each key how many milliseconds it still has to live, -1 for ever, -2 if it is gone. */
    List<Long> remainingMillis(List<byte[]> keys) {
        return read("PTTL", keys, page -> {
            Batch batch = new Batch();
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            page.forEach(key -> answers.add(batch.pttl(key)));
            batch.send(link);
            calls.awaitEnd("PTTL", Kind.READ, answers);
            return answers.stream()
                    .map(answer -> calls.await("PTTL", Kind.READ, answer))
                    .toList();
        });
    }

    /** Reads a page after the other. */
    private <R extends @Nullable Object> List<R> read(
            String command, List<byte[]> keys, Function<List<byte[]>, List<R>> page) {
        int most = link.mostTogether();
        List<R> read = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += most) {
            if (from > 0) {
                calls.requireTime(command, Applied.NO);
            }
            read.addAll(page.apply(keys.subList(from, Math.min(keys.size(), from + most))));
        }
        return read;
    }

    private List<byte @Nullable []> values(
            String command,
            Link to,
            List<byte[]> keys,
            BiFunction<Batch, byte[], CompletableFuture<byte @Nullable []>> question) {
        Batch batch = new Batch();
        List<CompletableFuture<byte @Nullable []>> answers = new ArrayList<>();
        keys.forEach(key -> answers.add(question.apply(batch, key)));
        batch.send(to);
        calls.awaitEnd(command, Kind.READ, answers);
        List<byte @Nullable []> values = new ArrayList<>();
        for (CompletableFuture<byte @Nullable []> answer : answers) {
            values.add(value(command, answer));
        }
        return values;
    }

    /** What is no string is none of our values, and is read as such. */
    private byte @Nullable [] value(String command, CompletableFuture<byte @Nullable []> answer) {
        try {
            return calls.<byte @Nullable []>await(command, Kind.READ, answer);
        } catch (ServerRefusal refusal) {
            if (refusal.isOfOtherType()) {
                return new byte[0];
            }
            throw refusal;
        }
    }

    /**
     * Puts each value at its key.
     *
     * @param made is told the number of each that was put, also if others fail
     */
    void set(List<byte[]> keys, List<byte[]> values, List<SetArgs> options, IntConsumer made) {
        write("SET", keys.size(), (from, to, failures) -> {
            Batch batch = new Batch();
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = from; i < to; i++) {
                answers.add(batch.set(keys.get(i), values.get(i), options.get(i)));
            }
            batch.send(link);
            awaitEnd("SET", answers, number -> made.accept(from + number));
            for (int i = 0; i < answers.size(); i++) {
                int number = i;
                failures.isOver(() -> {
                    calls.await("SET", Kind.WRITE, answers.get(number));
                    made.accept(from + number);
                    return true;
                });
            }
        });
    }

    /** What writes those from one number up to another. */
    @FunctionalInterface
    private interface Page {
        void write(int from, int to, Failures failures);
    }

    /** Writes a page after the other. Those after one that failed are not tried. */
    private void write(String command, int number, Page page) {
        int most = link.mostTogether();
        Failures failures = new Failures();
        for (int from = 0; from < number; from += most) {
            if (from > 0) {
                calls.requireTime(command, Applied.UNKNOWN);
            }
            page.write(from, Math.min(number, from + most), failures);
            failures.throwIfAny();
        }
    }

    /** Runs one script, and again until it is done. */
    static void run(Run run, ScriptRunner scripts, Calls calls) {
        boolean done = false;
        while (!done) {
            done = run.accept(one(run, scripts, calls));
        }
    }

    private static Answer one(Run run, ScriptRunner scripts, Calls calls) {
        return Answer.of(calls.make(
                run.script().name(), Kind.WRITE, () -> scripts.start(run.script(), run.key(), run.arguments())));
    }

    /** Runs scripts together, and again those that are not done by that. */
    void run(List<? extends Run> runs) {
        write("a script", runs.size(), (from, to, failures) -> {
            List<Run> left = new ArrayList<>(runs.subList(from, to));
            while (!left.isEmpty()) {
                left = again(left, failures);
                failures.throwIfAny();
            }
        });
    }

    private List<Run> again(List<Run> runs, Failures failures) {
        Batch batch = new Batch();
        List<CompletableFuture<List<Object>>> answers = new ArrayList<>();
        runs.forEach(run -> answers.add(batch.evalsha(run.script(), run.key(), run.arguments())));
        batch.send(link);
        String name = runs.get(0).script().name();
        awaitEnd(name, answers, i -> runs.get(i).accept(Answer.of(answers.get(i).join())));
        List<Run> left = new ArrayList<>();
        boolean scriptIsKnown = true;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            CompletableFuture<List<Object>> answer = answers.get(i);
            boolean isOver;
            if (isUnknownScript(answer)) {
                // the first one brings the script, and the others find it the next time
                isOver = scriptIsKnown && failures.isOver(() -> run.accept(one(run, scripts, calls)));
                scriptIsKnown = false;
            } else {
                isOver = failures.isOver(() -> run.accept(Answer.of(calls.await(name, Kind.WRITE, answer))));
            }
            if (!isOver) {
                left.add(run);
            }
        }
        return left;
    }

    /** Waits for the end of all writes. If some are late, the numbers of those that were made are told before that is thrown. */
    private void awaitEnd(String command, List<? extends CompletableFuture<?>> answers, IntConsumer made) {
        try {
            calls.awaitEnd(command, Kind.WRITE, answers);
        } catch (StoreException late) {
            for (int i = 0; i < answers.size(); i++) {
                CompletableFuture<?> answer = answers.get(i);
                if (answer.isDone() && !answer.isCompletedExceptionally()) {
                    note(i, made, late);
                }
            }
            throw late;
        }
    }

    /** An answer that cannot be understood must not hide that others have not come yet. */
    private static void note(int number, IntConsumer made, StoreException late) {
        try {
            made.accept(number);
        } catch (RuntimeException e) {
            late.addSuppressed(e);
        }
    }

    private static boolean isUnknownScript(CompletableFuture<?> answer) {
        return answer.isCompletedExceptionally()
                && answer.handle((value, failure) -> failure instanceof RedisNoScriptException)
                        .join();
    }
}
