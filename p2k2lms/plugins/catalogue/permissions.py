"""Who may write content, and who may approve what another has written."""

from p2k2lms.core.access import anything, permission

LIST_DOCUMENTS = permission("catalogue.list_documents", ("widyaiswara", anything))
CHANGE_DOCUMENT = permission("catalogue.change_document", ("widyaiswara", anything))
APPROVE_DOCUMENT = permission("catalogue.approve_document", ("widyaiswara", anything))
PERMISSIONS = (LIST_DOCUMENTS, CHANGE_DOCUMENT, APPROVE_DOCUMENT)
