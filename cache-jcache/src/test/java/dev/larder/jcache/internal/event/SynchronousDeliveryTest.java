package dev.larder.jcache.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.cache.event.CacheEntryListenerException;
import org.junit.jupiter.api.Test;

class SynchronousDeliveryTest {

    private final List<News<String, Integer>> heard = new ArrayList<>();

    @Test
    void nothingIsKeptOfAKeyWhoseNewsAreDelivered() {
        SynchronousDelivery<String, Integer> delivery = new SynchronousDelivery<>(heard::add);

        for (int i = 0; i < 100; i++) {
            Bulletin<String, Integer> bulletin = new Bulletin<>("k" + i, List.of(News.created("k" + i, i)));
            delivery.enqueue(bulletin);
            delivery.deliver(bulletin);
        }

        assertThat(heard).hasSize(100);
        assertThat(delivery.size()).isZero();
    }

    @Test
    void whoeverComesFirstDeliversWhatWasQueuedBefore() {
        SynchronousDelivery<String, Integer> delivery = new SynchronousDelivery<>(heard::add);
        Bulletin<String, Integer> first = new Bulletin<>("k", List.of(News.created("k", 1)));
        Bulletin<String, Integer> second = new Bulletin<>("k", List.of(News.updated("k", 2, 1)));
        delivery.enqueue(first);
        delivery.enqueue(second);

        delivery.deliver(second);

        assertThat(first.isDelivered()).isTrue();
        delivery.deliver(first);
        assertThat(heard).extracting(News::value).containsExactly(1, 2);
        assertThat(delivery.size()).isZero();
    }

    @Test
    void failureBelongsToTheNewsItWasOn() {
        SynchronousDelivery<String, Integer> delivery = new SynchronousDelivery<>(news -> {
            if (news.value() == 1) {
                throw new CacheEntryListenerException("no");
            }
        });
        Bulletin<String, Integer> first = new Bulletin<>("k", List.of(News.created("k", 1)));
        Bulletin<String, Integer> second = new Bulletin<>("k", List.of(News.updated("k", 2, 1)));
        delivery.enqueue(first);
        delivery.enqueue(second);

        delivery.deliver(second);

        assertThatThrownBy(() -> delivery.deliver(first)).isInstanceOf(CacheEntryListenerException.class);
        assertThat(delivery.size()).isZero();
    }

    @Test
    void newsFromAListenerAreDeliveredAfterThoseItHears() {
        List<Integer> order = new ArrayList<>();
        List<SynchronousDelivery<String, Integer>> self = new ArrayList<>();
        SynchronousDelivery<String, Integer> delivery = new SynchronousDelivery<>(news -> {
            order.add(news.value());
            if (news.value() == 1) {
                Bulletin<String, Integer> nested = new Bulletin<>("k", List.of(News.updated("k", 2, 1)));
                self.get(0).enqueue(nested);
                self.get(0).deliver(nested);
            }
            order.add(-news.value());
        });
        self.add(delivery);
        Bulletin<String, Integer> bulletin = new Bulletin<>("k", List.of(News.created("k", 1)));
        delivery.enqueue(bulletin);

        delivery.deliver(bulletin);

        assertThat(order).containsExactly(1, -1, 2, -2);
        assertThat(SynchronousDelivery.isListening()).isFalse();
        assertThat(delivery.size()).isZero();
    }
}
