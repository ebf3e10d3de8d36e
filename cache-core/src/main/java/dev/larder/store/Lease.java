package dev.larder.store;

/**
 * The sole right to fill an absent key, or to replace one entry, until somebody else changes the key.
 *
 * <p>A lease is what keeps a value that was loaded before an invalidation from being stored after it. Any put, remove
 * or clear by another voids it; so does the end of its time. It is used up by the change that carries it in
 * {@link Change#ifUnchanged(Lease)}. A lease over an entry ends with the entry, however that goes. After C. Nishtala
 * et al., "Scaling Memcache at Facebook", NSDI 2013. Safe for use by many threads.
 */
public interface Lease {

    /**
     * Whether the lease still stands, as far as this JVM knows without asking a server. {@code false} is final;
     * {@code true} may be out of date, and only the change that carries the lease decides.
     */
    boolean isHeld();
}
