package dev.larder.redis.internal.state;

import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.ScriptRunner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server whose answers a test gives, when it wants to. */
public final class HeldAnswers implements ScriptRunner {

    private final List<CompletableFuture<List<Object>>> questions = new ArrayList<>();
    private Runnable whenAsked = () -> {};
    private boolean refusesNext;

    @Override
    public CompletableFuture<List<Object>> start(Script script, byte[] key, byte[]... arguments) {
        if (refusesNext) {
            refusesNext = false;
            throw new IllegalStateException("not now");
        }
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        questions.add(answer);
        whenAsked.run();
        return answer;
    }

    /** Answers each question from now on as soon as it is asked, in the same way as {@link #answer}. */
    public void answerWhenAsked(long epoch, long number, String... tags) {
        whenAsked = () -> answer(asked() - 1, epoch, number, tags);
    }

    /** Lets the next question fail while it is asked. */
    public void refuseNext() {
        refusesNext = true;
    }

    /** Returns how many questions were asked so far. */
    public int asked() {
        return questions.size();
    }

    /** Answers the question of that number with an epoch and the number of an invalidation of tags. */
    public void answer(int question, long epoch, long number, String... tags) {
        List<Object> scored = new ArrayList<>();
        for (String tag : tags) {
            scored.add(("T" + tag).getBytes(StandardCharsets.UTF_8));
            scored.add(Long.toString(number).getBytes(StandardCharsets.UTF_8));
        }
        byte[] member = ByteBuffer.allocate(9).put((byte) 'E').putLong(epoch).array();
        questions.get(question).complete(List.of(List.of(member), scored, new byte[0]));
    }

    /** Fails the question of that number. */
    public void fail(int question) {
        questions.get(question).completeExceptionally(new IllegalStateException("no answer"));
    }
}
