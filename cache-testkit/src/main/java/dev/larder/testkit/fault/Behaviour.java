package dev.larder.testkit.fault;

import java.util.function.UnaryOperator;

/**
 * What a proxy does with the bytes of its connections.
 *
 * @param isSilent whether none passes, in neither direction
 * @param isBytewise whether each is sent by itself
 */
record Behaviour(boolean isSilent, boolean isBytewise, Rule requests, Rule replies) {

    static final Behaviour PASSING = new Behaviour(false, false, Rule.PASSING, Rule.PASSING);

    /**
     * What it does in one direction.
     *
     * @param delayNanos how much later a byte leaves than it came
     * @param cutAfter how many bytes pass on a connection before it is closed
     */
    record Rule(long delayNanos, long cutAfter) {

        static final Rule PASSING = new Rule(0, Long.MAX_VALUE);

        Rule withDelay(long nanos) {
            return new Rule(nanos, cutAfter);
        }

        Rule withCutAfter(long bytes) {
            return new Rule(delayNanos, bytes);
        }
    }

    Behaviour silent() {
        return new Behaviour(true, isBytewise, requests, replies);
    }

    Behaviour bytewise() {
        return new Behaviour(isSilent, true, requests, replies);
    }

    Behaviour withRequests(UnaryOperator<Rule> change) {
        return new Behaviour(isSilent, isBytewise, change.apply(requests), replies);
    }

    Behaviour withReplies(UnaryOperator<Rule> change) {
        return new Behaviour(isSilent, isBytewise, requests, change.apply(replies));
    }
}
