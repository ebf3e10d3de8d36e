package dev.larder.redis.auth;

import java.util.Locale;

/** A service of AWS whose servers authenticate users by IAM. */
public enum IamService {
    /** ElastiCache. */
    ELASTICACHE,

    /** MemoryDB. */
    MEMORYDB;

    /** Returns the name that requests to the service are signed with. */
    String signingName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
