package dev.larder.redis.internal.link;

/** A link of which a test says when another server has taken the place of the one that it leads to. */
public final class TellingLink extends ForwardingLink {

    private final Successions successions = new Successions();

    public TellingLink(Link link) {
        super(link);
    }

    @Override
    public Successions successions() {
        return successions;
    }

    /** All keys have come to another server. */
    public void succeed() {
        successions.tell(key -> true);
    }
}
