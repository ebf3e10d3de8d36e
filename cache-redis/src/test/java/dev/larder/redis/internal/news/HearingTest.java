package dev.larder.redis.internal.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.UnusedLink;
import dev.larder.store.News;
import dev.larder.store.News.Wish;
import dev.larder.testkit.RecordingStoreListener;
import dev.larder.time.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a store makes of messages. */
@Timeout(600)
class HearingTest {

    private static final long OWN = 5;
    private static final long OTHER = 6;

    private final RecordingStoreListener<String, String> listener = new RecordingStoreListener<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch probed = new CountDownLatch(1);
    private final Hearing<String, String> hearing = new Hearing<>(
            "cache",
            new NewsChannels("larder:", new KeySpace("", "cache", 0), new UnusedLink(), Clock.system()),
            OWN,
            this::read);

    @AfterEach
    void close() {
        release.countDown();
        hearing.close();
    }

    private @Nullable News<String, String> read(Message message) {
        String key = new String(message.key(), StandardCharsets.UTF_8);
        switch (key) {
            case "slow" -> await().atMost(Duration.ofSeconds(60)).until(() -> release.getCount() == 0);
            case "unreadable" -> throw new IllegalArgumentException("as the test wants it");
            case "too deep" -> throw new StackOverflowError();
            case "probe" -> probed.countDown();
            default -> {}
        }
        return key.equals("over") ? null : new News<>(message.kind(), key, null, "old");
    }

    private static byte[] removal(long origin, String key) {
        return removal(origin, key, 0);
    }

    private static byte[] removal(long origin, String key, int more) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Message.HEADER_BYTES + bytes.length + more)
                .put(Message.start(origin))
                .put((byte) 3)
                .putInt(bytes.length)
                .putInt(0)
                .putInt(more)
                .put(bytes)
                .array();
    }

    private void start(Wish wish) {
        hearing.listen(listener);
        hearing.want(wish);
    }

    private void awaitLast() {
        hearing.hear(removal(OTHER, "last"));
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        listener.changes().stream().anyMatch(news -> news.key().equals("last")));
    }

    @Test
    void ownMessagesAreNoNews() {
        start(Wish.CHANGES);

        hearing.hear(removal(OWN, "own"));
        hearing.hear(removal(OTHER, "other"));
        awaitLast();

        assertThat(listener.changes()).extracting(News::key).containsExactly("other", "last");
        assertThat(hearing.dropped()).isZero();
    }

    @Test
    void whatCannotBeReadIsCountedAndHindersNothing() {
        start(Wish.CHANGES);

        hearing.hear(new byte[0]);
        hearing.hear("anything".getBytes(StandardCharsets.UTF_8));
        hearing.hear(removal(OTHER, "unreadable"));
        hearing.hear(removal(OTHER, "too deep"));
        awaitLast();

        assertThat(hearing.dropped()).isEqualTo(4);
        assertThat(listener.changes()).hasSize(1);
    }

    @Test
    void whatAClearHasOvertakenIsNeitherToldNorCounted() {
        start(Wish.CHANGES);

        hearing.hear(removal(OTHER, "over"));
        awaitLast();

        assertThat(listener.changes()).hasSize(1);
        assertThat(hearing.dropped()).isZero();
    }

    @Test
    void oldValueIsForThoseWhoWantIt() {
        start(Wish.CHANGES);
        awaitLast();
        assertThat(listener.changes()).extracting(News::previous).containsOnlyNulls();

        hearing.want(Wish.CHANGES_WITH_PREVIOUS);
        hearing.hear(removal(OTHER, "more"));

        await().atMost(Duration.ofSeconds(60)).until(() -> listener.changes().size() == 2);
        assertThat(listener.changes().get(1).previous()).isEqualTo("old");
    }

    @Test
    void whatWaitsIsNotToldToThoseWhoWantNothingAnyMore() {
        start(Wish.CHANGES);
        hearing.hear(removal(OTHER, "slow"));
        hearing.hear(removal(OTHER, "after"));

        hearing.want(Wish.NONE);
        release.countDown();
        hearing.hear(removal(OTHER, "probe"));
        await().atMost(Duration.ofSeconds(60)).until(() -> probed.getCount() == 0);

        assertThat(listener.changes()).isEmpty();
    }

    @Test
    void onlySoManyBytesWait() {
        start(Wish.CHANGES);
        hearing.hear(removal(OTHER, "slow"));
        int size = (int) (Hearing.MOST_BYTES / 8);
        for (int i = 0; i < 10; i++) {
            hearing.hear(removal(OTHER, "large", size));
        }
        assertThat(hearing.dropped()).isBetween(2L, 3L);

        release.countDown();
        awaitLast();

        assertThat(listener.changes()).extracting(News::key).contains("large", "last");
    }
}
