package dev.larder.testkit.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A node as another one sees it: a line of {@code CLUSTER NODES}, such as
 *
 * <pre>
 * 07c37df 127.0.0.1:30004@40004 slave e7d1eec 0 1426238317239 4 connected
 * 67ed2db 127.0.0.1:30002@40002 myself,master - 0 1426238316232 2 connected 5461-10922
 * </pre>
 *
 * @param primary the id of the node that it follows; {@code -} if it is a primary itself
 * @param epoch of its configuration; of two that claim a slot, the greater one wins
 */
record ClusterMember(String id, String address, List<String> flags, String primary, long epoch, List<SlotRange> slots) {

    private static final int FIRST_SLOTS = 8;

    /** Slots that follow each other, both ends included. */
    record SlotRange(int first, int last) {

        static SlotRange parse(String text) {
            int dash = text.indexOf('-');
            return dash < 0
                    ? new SlotRange(Integer.parseInt(text), Integer.parseInt(text))
                    : new SlotRange(
                            Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
        }
    }

    static ClusterMember parse(String line) {
        List<String> words = List.of(line.split(" ", -1));
        List<SlotRange> slots = new ArrayList<>();
        for (String word : words.subList(FIRST_SLOTS, words.size())) {
            if (!word.startsWith("[")) { // A slot on its way to another node stands in brackets.
                slots.add(SlotRange.parse(word));
            }
        }
        return new ClusterMember(
                words.get(0),
                words.get(1).substring(0, words.get(1).indexOf('@')),
                List.of(words.get(2).split(",", -1)),
                words.get(3),
                Long.parseLong(words.get(6)),
                slots);
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    boolean isSelf() {
        return flags.contains("myself");
    }

    boolean hasFailed() {
        return flags.contains("fail");
    }

    /** Returns what all nodes of a settled cluster say alike. */
    List<Object> role() {
        return List.of(id, address, primary, slots, hasFailed());
    }
}
