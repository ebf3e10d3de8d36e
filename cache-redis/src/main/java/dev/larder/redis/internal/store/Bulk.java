package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Batch;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.ScriptRunner;
import dev.larder.redis.internal.link.ServerRefusal;
import dev.larder.store.StoreException;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Commands for many keys that go to the servers together, and are waited for together. */
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
        if (link.isCluster()) {
            Batch batch = new Batch();
            List<CompletableFuture<byte @Nullable []>> answers = new ArrayList<>();
            keys.forEach(key -> answers.add(batch.get(key)));
            return values("GET", Kind.READ, from, batch, answers);
        }
        Batch batch = new Batch();
        CompletableFuture<List<byte @Nullable []>> answer = batch.mget(keys);
        return calls.make("MGET", Kind.READ, () -> {
            batch.send(from);
            return answer;
        });
    }

    /** Returns what is at each key, and moves its deadline. */
    List<byte @Nullable []> getAndTouch(List<byte[]> keys, GetExArgs until) {
        Batch batch = new Batch();
        List<CompletableFuture<byte @Nullable []>> answers = new ArrayList<>();
        keys.forEach(key -> answers.add(batch.getex(key, until)));
        return values("GETEX", Kind.READ, link, batch, answers);
    }

    /** Returns for each key how many milliseconds it still has to live, -1 for ever, -2 if it is gone. */
    List<Long> remainingMillis(List<byte[]> keys) {
        Batch batch = new Batch();
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        keys.forEach(key -> answers.add(batch.pttl(key)));
        batch.send(link);
        calls.awaitEnd("PTTL", Kind.READ, answers);
        return answers.stream()
                .map(answer -> calls.await("PTTL", Kind.READ, answer))
                .toList();
    }

    private List<byte @Nullable []> values(
            String command, Kind kind, Link to, Batch batch, List<CompletableFuture<byte @Nullable []>> answers) {
        batch.send(to);
        calls.awaitEnd(command, kind, answers);
        List<byte @Nullable []> values = new ArrayList<>();
        for (CompletableFuture<byte @Nullable []> answer : answers) {
            values.add(value(command, kind, answer));
        }
        return values;
    }

    /** What is no string is none of our values, and is read as such. */
    private byte @Nullable [] value(String command, Kind kind, CompletableFuture<byte @Nullable []> answer) {
        try {
            return calls.<byte @Nullable []>await(command, kind, answer);
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
        Batch batch = new Batch();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            answers.add(batch.set(keys.get(i), values.get(i), options.get(i)));
        }
        batch.send(link);
        awaitEnd("SET", answers, made);
        Failures failures = new Failures();
        for (int i = 0; i < answers.size(); i++) {
            int number = i;
            failures.isOver(() -> {
                calls.await("SET", Kind.WRITE, answers.get(number));
                made.accept(number);
                return true;
            });
        }
        failures.throwIfAny();
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
        List<Run> left = new ArrayList<>(runs);
        Failures failures = new Failures();
        while (!left.isEmpty()) {
            left = again(left, failures);
            failures.throwIfAny();
        }
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
