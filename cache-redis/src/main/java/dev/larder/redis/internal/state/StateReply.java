package dev.larder.redis.internal.state;

import dev.larder.store.News;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code state.lua} answered.
 *
 * @param epoch the epoch of the cache
 * @param unswept epochs before it whose keys may still be there
 * @param invalidations the tags of each invalidation that was asked for, by its number, in their order
 * @param floor the number of the last invalidation that is not listed by its tag, zero if that was not asked for
 * @param wish what somebody wants to hear of changes
 */
record StateReply(
        long epoch, List<Long> unswept, SortedMap<Long, List<String>> invalidations, long floor, News.Wish wish) {

    static StateReply of(List<Object> answer) {
        long epoch = 0;
        List<Long> unswept = new ArrayList<>();
        for (Object member : (List<?>) answer.get(0)) {
            ByteBuffer bytes = ByteBuffer.wrap((byte[]) member);
            byte kind = bytes.get();
            if (kind == 'E') {
                epoch = bytes.getLong();
            } else {
                unswept.add(bytes.getLong());
            }
        }
        return withTags(epoch, unswept, (List<?>) answer.get(1), wish(text(answer.get(2))));
    }

    private static News.Wish wish(String members) {
        if (members.isEmpty()) {
            return News.Wish.NONE;
        }
        return members.contains("O") ? News.Wish.CHANGES_WITH_PREVIOUS : News.Wish.CHANGES;
    }

    private static StateReply withTags(long epoch, List<Long> unswept, List<?> scored, News.Wish wish) {
        SortedMap<Long, List<String>> invalidations = new TreeMap<>();
        long floor = 0;
        for (int i = 0; i < scored.size(); i += 2) {
            String member = text(scored.get(i));
            long number = (long) Double.parseDouble(text(scored.get(i + 1)));
            if (member.equals("F")) {
                floor = Math.max(floor, number);
            } else {
                invalidations
                        .computeIfAbsent(number, unused -> new ArrayList<>())
                        .add(member.substring(1));
            }
        }
        return new StateReply(epoch, unswept, invalidations, floor, wish);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
