// The operations of news: what somebody was told, which ways it went, and what is chosen about it.
import { mutation } from "./operations.js";

export const UNREAD = "query PageUnread { unreadNotifications }";
export const NEWS = `query PageNews($first: Int, $after: String, $where: NotificationFilter) {
  notifications(first: $first, after: $after, where: $where) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id topicLabel title text state createdAt deliveries { channelLabel stateLabel at }
      order { id } match { id } nomination { match { id } } meeting { match { id } } contract { id match { id } } appointment { id contract { id } } fundingSource { id } }
  }
}`;
export const NEWS_ADDED = `subscription PageNewsAdded($after: String) {
  notificationAdded(after: $after) {
    __typename
    ... on UnreadNotifications { eventId unread }
    ... on NotificationAdded { eventId unread notification { title } }
    ... on ResyncRequired { eventId message }
  }
}`;
export const MARK_NEWS_READ = mutation("markNotificationsRead", "MarkNotificationsReadInput", "NotificationsMarked", "message unread");
const CHOICES = "topics { topic topicLabel choices { channel channelLabel enabled changeable } kinds { kind title choices { channel channelLabel enabled changeable } } } quietFrom quietUntil digestHour";
export const NEWS_CHOICES = `query PageNewsChoices { notificationPreferences { ${CHOICES} } }`;
export const SET_NEWS_CHOICES = mutation("setNotificationPreferences", "SetNotificationPreferencesInput", "NotificationPreferences", CHOICES);
const DEVICE = "devices { id createdAt } pushKey";
export const DEVICES = `query PageDevices { notificationPreferences { ${DEVICE} } }`;
export const REGISTER_DEVICE = mutation("registerPushDevice", "RegisterPushDeviceInput", "NotificationPreferences", DEVICE);
export const REMOVE_DEVICE = mutation("removePushDevice", "RemovePushDeviceInput", "NotificationPreferences", DEVICE);
export const CONVERSATIONS = `query PageConversations($first: Int, $after: String) {
  conversations(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id open unreadCount lastMessageAt createdAt match { id stateLabel assistant { firstName } provider { name } order { description } } }
  }
}`;
